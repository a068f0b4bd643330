// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whole files and streams straight into wiped memory.

#include "vault/base/file.h"
#include "vault/crypto/secret.h"
#include "vault/crypto/secret_pages.h"

namespace vault {

// The file's bytes. Throws bad_input when it is larger than `limit`, else as open_regular_file.
SecretBytes read_secret_file(const std::filesystem::path& path, std::size_t limit, Links links, Privacy privacy);

// The same for what is gone through once and may be long.
SecretPages read_secret_pages(const std::filesystem::path& path, std::size_t limit, Links links, Privacy privacy);

// Everything up to the end of a pipe or terminal; bad_input when that is more than `limit` bytes.
SecretBytes read_secret_stream(int fd, std::size_t limit);
SecretPages read_secret_pages(int fd, std::size_t limit);

}  // namespace vault
