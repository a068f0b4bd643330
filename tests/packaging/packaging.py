# SPDX-License-Identifier: Apache-2.0
"""Installation and Debian package: what is in it, that it runs, goes without a trace, and is the same each time.

Works on the build folder that CLAVIGER_BINARY lies in (scripts/test makes one); nothing is built here that is there.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

TOP = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("CLAVIGER_BINARY", "/nowhere")).resolve()
BUILD = PROGRAM.parent.parent
HELPER = BUILD / "lib/claviger/claviger-postgres"
INSTALLED = (
    "bin/docker-credential-claviger",
    "bin/git-credential-claviger",
    "bin/claviger",
    "bin/claviger-monitor",
    "lib/systemd/user/claviger-monitor.service",
    "lib/systemd/user/claviger-monitor.timer",
    "share/bash-completion/completions/claviger",
    "share/doc/claviger/README.md",
    "share/doc/claviger/THREATS.md",
    "share/doc/claviger/monitor/README.md",
    "share/fish/vendor_completions.d/claviger.fish",
    "share/man/man1/claviger.1",
    "share/man/man1/claviger-monitor.1",
    "share/man/man1/claviger-openclaw.1",
    "share/man/man7/claviger-unlocking.7",
)


def run(*words, **how):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **how)
    if done.returncode != 0:
        raise AssertionError(f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def below(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*"))


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="claviger-packaging-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def works(self, program):
        """A vault is made, filled and asked."""
        home = self.folder / "home"
        home.mkdir(mode=0o700)
        there = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
        key = home / "vault.key"
        run(program, "init", "--key-file", key, "--no-recovery", env=there)
        run(program, "--key-file", key, "add", "openai:a", "--stdin", "--type", "api_key", input="sk-test-1", env=there)
        self.assertEqual(run(program, "--key-file", key, "get", "openai:a", env=there), "sk-test-1\n")


class Installation(Scratch):
    def test_cmake_installs_program_manual_completions_units_documents_and_licence(self):
        prefix = self.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        there = below(prefix)
        for path in (*INSTALLED, "share/doc/claviger/LICENSE", "share/zsh/site-functions/_claviger"):
            self.assertIn(path, there)
        self.works(prefix / "bin/claviger")
        for helper in ("docker-credential-claviger", "git-credential-claviger"):
            self.assertEqual(os.readlink(prefix / "bin" / helper), "claviger")

    def test_the_units_start_the_monitor_where_it_was_installed(self):
        prefix = self.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        service = (prefix / "lib/systemd/user/claviger-monitor.service").read_text()
        self.assertIn(f"\nExecStart={prefix}/bin/claviger-monitor\n", service)


class Package(Scratch):
    @classmethod
    def setUpClass(cls):
        cls.keep = tempfile.TemporaryDirectory(prefix="claviger-package-")
        cls.addClassCleanup(cls.keep.cleanup)
        cls.package = cls.pack(Path(cls.keep.name) / "first")

    @staticmethod
    def pack(output, **environment):
        given = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000", **environment}
        said = run(TOP / "scripts/package", "--build", BUILD, "--output", output, env=given)
        return Path(said.splitlines()[-1])

    def unpacked(self, package):
        run("dpkg-deb", "-x", package, self.folder / "unpacked")
        return self.folder / "unpacked"

    def field(self, name):
        return run("dpkg-deb", "--field", self.package, name).strip()

    def dpkg(self, root, *words):
        """dpkg with a database of its own: the machine's packages are not looked at. As root or not."""
        become = [] if os.geteuid() == 0 else ["fakeroot"]
        return run(*become, "dpkg", f"--root={root}", "--force-not-root", "--force-bad-path", "--no-triggers",
                   f"--log={self.folder}/log", *words)

    def new_root(self):
        root = self.folder / "root"
        for folder in ("var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"):
            (root / folder).mkdir(parents=True)
        for file in ("status", "available"):
            (root / "var/lib/dpkg" / file).touch()
        return root

    def test_it_is_installed_runs_and_is_removed_without_a_trace(self):
        root = self.new_root()
        self.dpkg(root, "--install", self.package)
        there = below(root)
        for path in INSTALLED:
            name = f"usr/{path}"
            self.assertIn(f"{name}.gz" if "/man/" in name else name, there)
        self.works(root / "usr/bin/claviger")
        self.assertEqual(run("dpkg", f"--root={root}", "--verify", "claviger"), "")
        self.dpkg(root, "--purge", "claviger")
        self.assertEqual([path for path in below(root) if not path.startswith("var")], [])

    def test_it_is_the_same_byte_for_byte_each_time(self):
        again = self.pack(self.folder / "second", TZ="Asia/Tokyo", LC_ALL="C.UTF-8", TMPDIR=str(self.folder))
        self.assertEqual(again.name, self.package.name)
        self.assertEqual(again.read_bytes(), self.package.read_bytes())

    def test_it_needs_no_other_package_and_runs_nothing_when_it_is_installed(self):
        self.assertEqual(self.field("Depends"), "")
        self.assertEqual(run("dpkg-deb", "--ctrl-tarfile", self.package, errors="replace").count("postinst"), 0)
        self.assertNotIn("/etc/", run("dpkg-deb", "--contents", self.package))

    def test_everything_in_it_belongs_to_root_and_is_writable_for_no_one_else(self):
        for line in run("dpkg-deb", "--contents", self.package).splitlines():
            mode, owner = line.split()[:2]
            self.assertEqual(owner, "root/root", line)
            self.assertIn(mode, ("drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--", "lrwxrwxrwx"), line)

    def test_no_folder_of_the_build_is_named_in_the_program(self):
        program = (self.unpacked(self.package) / "usr/bin/claviger").read_bytes()
        for folder in (TOP, BUILD):
            self.assertNotIn(str(folder).encode(), program)

    @unittest.skipUnless(shutil.which("lintian"), "no lintian")
    def test_lintian_has_no_error(self):
        run("lintian", "--fail-on", "error", "--suppress-tags", "statically-linked-binary", self.package)


@unittest.skipUnless(HELPER.exists(), "this build has no helper programs")
class PackageForServers(Package):
    """claviger-postgres: the helper that speaks to a server, in a package of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alone = cls.package.with_name(cls.package.name.replace("claviger-postgres_", "claviger_"))

    @staticmethod
    def pack(output, **environment):
        own = Package.pack(output, **environment)
        return own.with_name(own.name.replace("claviger_", "claviger-postgres_"))

    def asks_a_server(self, program):
        home = self.folder / "asking"
        home.mkdir(mode=0o700)
        done = subprocess.run([program, "--vault", "postgres:///d?host=/nowhere", "list"], capture_output=True,
                              text=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin"}, check=False)  # fmt: skip
        return done.returncode, done.stderr

    def test_it_is_installed_runs_and_is_removed_without_a_trace(self):
        root = self.new_root()
        self.dpkg(root, "--install", self.alone)
        self.dpkg(root, "--force-depends", "--install", self.package)
        self.assertEqual(self.asks_a_server(root / "usr/bin/claviger")[0], 74, "there is no server, but a helper")
        self.assertEqual(run("dpkg", f"--root={root}", "--verify", "claviger-postgres"), "")
        self.dpkg(root, "--purge", "claviger-postgres")
        self.assertEqual([path for path in below(root) if "postgres" in path and not path.startswith("var")], [])

    def test_it_needs_no_other_package_and_runs_nothing_when_it_is_installed(self):
        needed = self.field("Depends")
        self.assertIn("libpq5 (>= 14)", needed)
        version = run("dpkg-deb", "--field", self.alone, "Version").strip()
        self.assertIn(f"claviger (= {version})", needed, "both speak one protocol")
        self.assertEqual(run("dpkg-deb", "--ctrl-tarfile", self.package, errors="replace").count("postinst"), 0)

    def test_it_holds_the_helper_its_licence_and_its_changes(self):
        files = [path for path in below(self.unpacked(self.package)) if (self.folder / "unpacked" / path).is_file()]
        self.assertEqual(files, [
            "usr/lib/claviger/claviger-postgres",
            "usr/share/doc/claviger-postgres/changelog.Debian.gz",
            "usr/share/doc/claviger-postgres/copyright",
        ])  # fmt: skip
        self.assertEqual((self.folder / "unpacked" / files[0]).stat().st_mode & 0o7777, 0o755)

    def test_no_folder_of_the_build_is_named_in_the_program(self):
        program = (self.unpacked(self.package) / "usr/lib/claviger/claviger-postgres").read_bytes()
        for folder in (TOP, BUILD):
            self.assertNotIn(str(folder).encode(), program)

    def test_without_it_vaults_in_files_work_and_a_server_is_said_to_need_it(self):
        program = self.unpacked(self.alone) / "usr/bin/claviger"
        self.works(program)
        if Path("/usr/lib/claviger/claviger-postgres").exists():
            self.skipTest("this host has the helper installed")
        code, said = self.asks_a_server(program)
        self.assertEqual(code, 66, said)
        self.assertIn("claviger-postgres is not installed", said)


if __name__ == "__main__":
    if not (BUILD / "CMakeCache.txt").exists() or not shutil.which("dpkg-deb"):
        print("skipped: CLAVIGER_BINARY names no build of ours, or this is no Debian")
        sys.exit(77)
    unittest.main()
