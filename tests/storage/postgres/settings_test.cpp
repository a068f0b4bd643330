// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/settings.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "tests/storage/private_folder.h"
#include "vault/storage/postgres/program/failed.h"

namespace vault::postgres {
namespace {

Servers servers(const std::string& connection) { return servers_of(connection, ""); }

std::string state_of_refusal(const std::string& connection) {
  try {
    servers(connection);
  } catch (const Failed& failed) {
    EXPECT_EQ(failed.failure.code, ErrorCode::usage);
    return {failed.failure.state.begin(), failed.failure.state.end()};
  }
  return "taken";
}

TEST(Settings, RefuseAPasswordInAnySpelling) {
  for (const auto* const place :
       {"postgres://u:test-password@h/db", "postgres://h/db?password=test-password", "postgres://h?pass%77ord=x",
        "postgres://h?sslpassword=x", "postgres://u:@h?password="}) {
    EXPECT_EQ(state_of_refusal(place), "CLPWD") << place;
  }
}

TEST(Settings, AskForAPrimaryOnly) {
  EXPECT_EQ(servers("postgres://h").wanted, Primary::any_role);
  EXPECT_EQ(servers("postgres://h?target_session_attrs=primary").wanted, Primary::any_role);
  EXPECT_EQ(servers("postgres://h?target_session_attrs=read-write").wanted, Primary::writes_by_default);
  for (const auto* const word : {"any", "standby", "prefer-standby", "read-only", ""}) {
    EXPECT_EQ(state_of_refusal(std::string("postgres://h?target_session_attrs=") + word), "CLTSA") << word;
  }
}

TEST(Settings, RefuseWhatLibpqCannotRead) {
  for (const auto* const place : {"postgres://h?no_such=1", "postgres://[::1", "postgres://h1,h2?hostaddr=127.0.0.1",
                                  "postgres://h?port=1,2,3", "postgres://h?connect_timeout=soon"}) {
    EXPECT_EQ(state_of_refusal(place), "CLURI") << place;
  }
}

TEST(Settings, NameOneHostEachWithItsPort) {
  const auto hosts = servers("postgres://u@h1:1,h2:2/db").hosts;
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0].settings.at("host"), "h1");
  EXPECT_EQ(hosts[1].settings.at("port"), "2");
  EXPECT_EQ(hosts[1].settings.at("user"), "u");
  EXPECT_EQ(servers("postgres://h1,h2?port=7").hosts[1].settings.at("port"), "7");
}

TEST(Settings, AddWhatTheUserSaidNothingAbout) {
  const auto common = servers("postgres://h").hosts[0].settings;
  EXPECT_EQ(common.at("gssencmode"), "disable");
  EXPECT_EQ(common.at("keepalives_idle"), "10");
  EXPECT_EQ(common.at("tcp_user_timeout"), "5000");
  EXPECT_EQ(common.at("application_name"), "claviger");
  EXPECT_EQ(servers("postgres://h?keepalives_idle=3").hosts[0].settings.at("keepalives_idle"), "3");
  EXPECT_EQ(servers_of("postgres://h", "/run/pgpass").hosts[0].settings.at("passfile"), "/run/pgpass");
  EXPECT_EQ(servers_of("postgres://h?passfile=/mine", "/run/pgpass").hosts[0].settings.at("passfile"), "/mine");
}

TEST(Settings, VerifyTheServerUnlessEveryHostIsThisOne) {
  ::setenv("HOME", "/nowhere", 1);
  for (const auto* const here :
       {"postgres://", "postgres://localhost", "postgres://127.0.0.1,[::1]", "postgres://%2Frun%2Fpostgresql",
        "postgres:///?host=@abstract", "postgres://db1?hostaddr=127.0.0.2"}) {
    EXPECT_FALSE(servers(here).hosts[0].settings.contains("sslmode")) << here;
  }
  for (const auto* const away : {"postgres://db1", "postgres://localhost,db1", "postgres://localhost?hostaddr=10.0.0.9",
                                 "postgres://localhost.evil.example"}) {
    EXPECT_EQ(servers(away).hosts[0].settings.at("sslmode"), "verify-full") << away;
    EXPECT_EQ(servers(away).hosts[0].settings.at("sslrootcert"), "/etc/ssl/certs/ca-certificates.crt") << away;
  }
}

TEST(Settings, ObeyAWeakerModeThatIsSpelledOutAndCallItWeak) {
  const auto host = servers("postgres://db1?sslmode=require").hosts[0];
  EXPECT_EQ(host.settings.at("sslmode"), "require");
  EXPECT_FALSE(host.settings.contains("sslrootcert")) << "it would turn 'require' into more than was said";
  EXPECT_TRUE(is_weak(host));
  EXPECT_FALSE(is_weak(servers("postgres://db1").hosts[0]));
  EXPECT_FALSE(is_weak(servers("postgres://localhost").hosts[0]));
}

TEST(Settings, TakeWhatAServiceSaysAndJudgeItTheSame) {
  const test::PrivateFolder folder;
  const auto file = folder.path() / "services";
  std::ofstream(file) << "[near]\nhost=127.0.0.1\nport=7\n[far]\nhost=db1,db2\nuser=fleet\n"
                         "[odd]\nhost=db1\ntarget_session_attrs=standby\n";
  ::setenv("PGSERVICEFILE", file.c_str(), 1);
  EXPECT_EQ(servers("postgres://?service=near").hosts[0].settings.at("port"), "7");
  EXPECT_FALSE(servers("postgres://?service=near").hosts[0].settings.contains("sslmode"));
  const auto far = servers("postgres://?service=far&user=mine").hosts;
  ASSERT_EQ(far.size(), 2U);
  EXPECT_EQ(far[1].settings.at("sslmode"), "verify-full");
  EXPECT_EQ(far[1].settings.at("user"), "mine");
  EXPECT_FALSE(far[1].settings.contains("service")) << "libpq would read it again";
  EXPECT_EQ(state_of_refusal("postgres://?service=odd"), "CLTSA");
  ::unsetenv("PGSERVICEFILE");
}

TEST(Settings, WaitTwoSecondsAHostWhereNothingIsSaid) {
  EXPECT_EQ(servers("postgres://h").patience, std::chrono::seconds(2));
  EXPECT_EQ(servers("postgres://h?connect_timeout=7").patience, std::chrono::seconds(7));
  EXPECT_EQ(servers("postgres://h?connect_timeout=0").patience, std::chrono::seconds(30)) << "never for ever";
}

}  // namespace
}  // namespace vault::postgres
