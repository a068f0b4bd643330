# SPDX-License-Identifier: Apache-2.0
"""run: what the program finds in its environment, what it does not, and whose exit status comes back."""
import os
import resource
import signal
import subprocess
import unittest

from support import PATIENCE, Home

SHOW = ("/usr/bin/env", "-0")


class Run(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-openai")
        self.add("anthropic:a", "sk-test-anthropic")

    def seen(self, *words, **how):
        """The environment that the program found."""
        entries = self.ok("run", *words, "--", *SHOW, **how).out.split("\0")
        return dict(entry.split("=", 1) for entry in entries if entry)

    def variables(self, text):
        self.ok("import", self.write("more.env", text))


class Environment(Run):
    def test_is_ours_with_the_agents_credentials(self):
        seen = self.seen(env={"KEPT": "a b\nc", "EMPTY": ""})
        self.assertEqual(seen.pop("OPENAI_API_KEY"), "sk-test-openai")
        self.assertEqual(seen.pop("ANTHROPIC_API_KEY"), "sk-test-anthropic")
        self.assertEqual(seen, {**self.environment, "KEPT": "a b\nc", "EMPTY": ""})

    def test_holds_the_vaults_value_where_ours_had_another(self):
        self.assertEqual(self.seen(env={"OPENAI_API_KEY": "sk-test-ambient"})["OPENAI_API_KEY"], "sk-test-openai")

    def test_holds_variables_and_profiles_win_over_them(self):
        self.variables("OPENAI_API_KEY=sk-test-variable\nOTHER='two words'\nEMPTY=\n")
        seen = self.seen()
        self.assertEqual((seen["OPENAI_API_KEY"], seen["OTHER"], seen["EMPTY"]), ("sk-test-openai", "two words", ""))

    def test_leaves_out_names_that_no_environment_holds(self):
        self.variables("WITH-DASH=x\nWITH.DOT=x\nGOOD=x\nCLAVIGER_TOKEN=x\n")
        result = self.ok("run", "--", *SHOW)
        for name in ("WITH-DASH", "WITH.DOT", "CLAVIGER_TOKEN"):
            self.assertNotIn(name, result.out)
            self.assertIn(name, result.err)
        self.assertIn("GOOD=x", result.out)

    # D03
    def test_holds_nothing_that_could_unlock_a_vault(self):
        self.key.rename(self.home / "k")
        ours = {
            "CLAVIGER_KEY_FILE": str(self.home / "k"),
            "CLAVIGER_PASSPHRASE": "canary",
            "CLAVIGER_TOKEN": "clv1_canary",
            "CLAVIGER_VAULT": str(self.vault),
            "CLAVIGER_AGENT": "main",
            "CLAVIGER_ANYTHING": "canary",
        }
        out = self.ok("--key-file", self.home / "k", "run", "--", *SHOW, env=ours).out
        self.assertNotIn("CLAVIGER", out)
        self.assertNotIn("canary", out)

    def test_hides_systemds_folder_only_where_it_holds_a_key_of_ours(self):
        folder = self.home / "credentials"
        folder.mkdir(mode=0o700)
        env = {"CREDENTIALS_DIRECTORY": str(folder)}
        self.assertEqual(self.seen(env=env)["CREDENTIALS_DIRECTORY"], str(folder))
        self.key.rename(folder / "claviger.key")
        self.assertNotIn("CREDENTIALS_DIRECTORY", self.seen(env=env))

    def test_narrows_to_the_providers_named(self):
        self.variables("OTHER=x\nGROQ_API_KEY=gsk-test\n")
        names = set(self.seen("--only", "openai,groq")) - set(self.environment)
        self.assertEqual(names, {"OPENAI_API_KEY", "GROQ_API_KEY"})
        result = self.run_it("run", "--only", "mistral", "--", "/bin/true")
        self.assertEqual(result.code, 125)
        self.assertIn("'mistral'", result.err)

    def test_is_the_agents_own(self):
        self.ok("agent", "add", "lab", "--isolated")
        self.add("openai:lab", "sk-test-lab", "--agent", "lab")
        seen = self.seen("--agent", "lab")
        self.assertEqual(seen["OPENAI_API_KEY"], "sk-test-lab")
        self.assertNotIn("ANTHROPIC_API_KEY", seen)

    def test_passes_words_through_as_they_are(self):
        words = ("a b", "$HOME", "*", "--help", "-x", "", "'\"")
        self.assertEqual(
            self.ok("run", "--", "/usr/bin/printf", "%s\\n", *words).out, "".join(word + "\n" for word in words)
        )


class ExitStatus(Run):
    def test_is_the_programs_own(self):
        for code in (0, 1, 64, 77, 255):
            self.assertEqual(self.run_it("run", "--", "/bin/sh", "-c", f"exit {code}").code, code)

    def test_is_a_signals_when_the_program_dies_of_one(self):
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGPIPE):
            self.assertEqual(self.run_it("run", "--", "/bin/sh", "-c", f"kill -{number.value} $$").code, -number)

    def test_signals_reach_the_program_since_it_took_our_place(self):
        with subprocess.Popen(
            self.command("run", "--", "/bin/sh", "-c", "echo $$; exec sleep 60"),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        ) as process:
            self.assertEqual(int(process.stdout.readline()), process.pid)
            process.terminate()
            self.assertEqual(process.wait(PATIENCE), -signal.SIGTERM)

    def test_125_when_we_failed_before(self):
        for words in (
            ("run",),
            ("run", "--nonsense", "--", "/bin/true"),
            ("--agent", "nobody", "run", "--", "/bin/true"),
        ):
            self.assertEqual(self.run_it(*words).code, 125, words)
        self.key.rename(self.home / "k")
        result = self.run_it("run", "--", "/bin/echo", "ran")
        self.assertEqual((result.code, result.out), (125, ""))
        self.vault.unlink()
        self.assertEqual(self.run_it("run", "--", "/bin/true").code, 125)

    def test_126_and_127_when_the_program_cannot_start(self):
        plain = self.write("plain", "#!/bin/sh\n")
        text = self.write("text", "echo no interpreter line: only a shell would run this\n")
        text.chmod(0o700)
        for word in (plain, text, self.home):
            self.assertEqual(self.run_it("run", "--", word).code, 126, word)
        for word in ("no-such-program", self.home / "absent", "", "/etc/passwd/x"):
            result = self.run_it("run", "--", word)
            self.assertEqual((result.code, result.out), (127, ""), word)
        self.assertEqual(self.run_it("run", "--help").code, 0)


class Lookup(Run):
    # K03
    def test_goes_by_path_and_never_by_the_current_folder(self):
        here = self.home / "here"
        here.mkdir()
        (here / "tool").write_text("#!/bin/sh\necho planted\n")
        (here / "tool").chmod(0o755)
        self.assertEqual(self.run_it("run", "--", "tool", cwd=here).code, 127)
        self.assertEqual(self.ok("run", "--", "tool", cwd=here, env={"PATH": f"/usr/bin:{here}"}).out, "planted\n")
        self.assertEqual(self.ok("run", "--", "./tool", cwd=here).out, "planted\n")

    def test_uses_our_path_and_not_the_vaults(self):
        evil = self.home / "evil"
        evil.mkdir()
        (evil / "printenv").write_text("#!/bin/sh\necho planted\n")
        (evil / "printenv").chmod(0o755)
        self.variables(f"PATH={evil}\n")
        self.assertEqual(self.ok("run", "--allow-env", "PATH", "--", "printenv", "PATH").out, f"{evil}\n")

    def test_works_without_a_path(self):
        done = subprocess.run(
            self.command("--vault", self.vault, "--key-file", self.key, "run", "--", "sh", "-c", "echo ok"),
            env={},
            capture_output=True,
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
        self.assertEqual((done.returncode, done.stdout), (0, b"ok\n"))


class Process(Run):
    # D04
    def test_no_descriptor_is_left_open(self):
        reader, writer = os.pipe()
        try:
            phrase = self.write("pass", "a passphrase of a test")
            self.ok("key", "add", "--new-passphrase-file", phrase)
            os.write(writer, b"a passphrase of a test\n")
            os.close(writer)
            foreign = os.open(self.key, os.O_RDONLY)
            os.set_inheritable(foreign, True)
            done = subprocess.run(
                self.command(
                    "--passphrase-fd",
                    reader,
                    "run",
                    "--",
                    "/bin/sh",
                    "-c",
                    "for fd in /proc/$$/fd/*; do [ -e $fd ] && echo $fd; done; true",
                ),
                env=self.environment,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                pass_fds=(reader, foreign),
                timeout=PATIENCE,
                check=False,
            )
            os.close(foreign)
        finally:
            os.close(reader)
        open_ones = {int(path.rsplit("/", 1)[1]) for path in done.stdout.decode().split()}
        self.assertEqual((done.returncode, open_ones), (0, {0, 1, 2}), done.stderr)

    def test_keeps_the_sockets_that_systemd_passed(self):
        reader, writer = os.pipe()
        os.dup2(reader, 9)  # out of the way of 3
        program = self.command()[0]
        script = f"exec 3<&9 9<&-; LISTEN_PID=$$ LISTEN_FDS=1 exec {program} run -- /usr/bin/readlink /proc/self/fd/3"
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            env=self.environment,
            capture_output=True,
            pass_fds=(9,),
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
        for descriptor in (reader, writer, 9):
            os.close(descriptor)
        self.assertIn(b"pipe:", done.stdout, done.stderr)

    def test_limits_mask_and_signals_are_as_we_found_them(self):
        def before():
            resource.setrlimit(resource.RLIMIT_CORE, (4096, 4096))
            os.umask(0o027)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)

        show = "ulimit -c; umask; exec grep -E '^(SigIgn|SigBlk):' /proc/self/status"
        words = ["/bin/sh", "-c", show]
        how = {
            "env": self.environment,
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "timeout": PATIENCE,
            "check": True,
        }
        plain = subprocess.run(words, preexec_fn=before, **how).stdout
        ran = subprocess.run(self.command("run", "--", *words), preexec_fn=before, **how).stdout
        self.assertEqual(ran, plain)


if __name__ == "__main__":
    unittest.main()
