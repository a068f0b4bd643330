# SPDX-License-Identifier: Apache-2.0
"""A certificate authority that is thrown away with its folder: certificates for loopback, good ones and bad ones."""
import shutil
import subprocess
import tempfile
from pathlib import Path

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """Used as `with Authority() as authority:`. Its certificate is `file`, for SSL_CERT_FILE."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="claviger-ca-"))
        self.file = self.folder / "ca.pem"
        subject = ("-subj", "/CN=claviger test authority", "-days", "2")
        self.openssl("req", "-x509", *KEY, "-keyout", self.folder / "ca.key", "-out", self.file, *subject)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def certificate(self, names="DNS:localhost,IP:127.0.0.1,IP:::1", over=False):
        """The paths of a certificate for these names and of its key; `over`: it ended a second before it began."""
        stem = self.folder / f"server{len(list(self.folder.iterdir()))}"
        key, request, signed, extensions = (stem.with_suffix(end) for end in (".key", ".csr", ".pem", ".ext"))
        extensions.write_text(f"subjectAltName={names}\n")
        self.openssl("req", "-new", *KEY, "-keyout", key, "-out", request, "-subj", "/CN=claviger test endpoint")
        signing = ("-CA", self.file, "-CAkey", self.folder / "ca.key", "-CAcreateserial", "-extfile", extensions)
        self.openssl("x509", "-req", "-in", request, "-out", signed, *signing, "-days", "-1" if over else "2")
        return signed, key
