// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/steering_variables.h"

#include <algorithm>
#include <array>

namespace vault {
namespace {

// The loader, the C library's modules, and interpreters that take code, options or module paths from their environment.
constexpr auto kPrefixes = std::to_array<std::string_view>(
    {"LD_",           "DYLD_",      "GLIBC_",     "MALLOC_", "GCONV_",          "PYTHON",
     "PERL5",         "PERLLIB",    "RUBY",       "GIT_",    "SSH_ASK",         "npm_config_",
     "NPM_CONFIG_",   "BASH_FUNC_", "JAVA_TOOL_", "_JAVA_",  "DOTNET_STARTUP_", "CARGO_BUILD_",
     "CARGO_TARGET_", "RUSTC",      "LUA_",       "CORECLR_"});

constexpr auto kNames = std::to_array<std::string_view>({"PATH",
                                                         "IFS",
                                                         "ENV",
                                                         "BASH_ENV",
                                                         "SHELLOPTS",
                                                         "BASHOPTS",
                                                         "PS4",
                                                         "PROMPT_COMMAND",
                                                         "CDPATH",
                                                         "GLOBIGNORE",
                                                         "SHELL",
                                                         "ZDOTDIR",
                                                         "FPATH",
                                                         "HOME",
                                                         "TMPDIR",
                                                         "NODE_OPTIONS",
                                                         "NODE_PATH",
                                                         "NODE_EXTRA_CA_CERTS",
                                                         "NODE_TLS_REJECT_UNAUTHORIZED",
                                                         "NODE_REPL_EXTERNAL_MODULE",
                                                         "BUN_OPTIONS",
                                                         "GEM_HOME",
                                                         "GEM_PATH",
                                                         "BUNDLE_GEMFILE",
                                                         "JDK_JAVA_OPTIONS",
                                                         "CLASSPATH",
                                                         "PHP_INI_SCAN_DIR",
                                                         "PHPRC",
                                                         "TCLLIBPATH",
                                                         "R_PROFILE",
                                                         "R_PROFILE_USER",
                                                         "EDITOR",
                                                         "VISUAL",
                                                         "PAGER",
                                                         "BROWSER",
                                                         "LESSOPEN",
                                                         "LESSCLOSE",
                                                         "HOSTALIASES",
                                                         "RESOLV_HOST_CONF",
                                                         "LOCALDOMAIN",
                                                         "OPENSSL_CONF",
                                                         "OPENSSL_MODULES"});

}  // namespace

bool steers_programs(std::string_view name) noexcept {
  const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  return std::ranges::any_of(kPrefixes, begins) || std::ranges::find(kNames, name) != kNames.end();
}

}  // namespace vault
