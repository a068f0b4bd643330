// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/token_file.h"

#include <algorithm>
#include <unistd.h>

#include "cli/unlocking/paths.h"
#include "vault/base/atomic_file.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/keys/agent_token.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

vault::SecretString with_line_end(const vault::SecretString& token) {
  vault::SecretBytes bytes(token.size() + 1);
  *std::ranges::copy(vault::bytes_of(token.reveal()), bytes.writable().begin()).out = '\n';
  return vault::SecretString(std::move(bytes));
}

// The token in the file that is to make way.
vault::SecretString token_in(const std::filesystem::path& path) {
  try {
    vault::SecretString text(
        vault::read_secret_file(path, vault::kLongestToken, vault::Links::refuse, vault::Privacy::any));
    vault::parse_agent_token(text.reveal());
    return text;
  } catch (const Error&) {
    throw Error(ErrorCode::already_exists,
                "what is at " + path_in_quotes(path) + " is no agent token, and is left alone", "name another file");
  }
}

bool is_there(const std::filesystem::path& path) {
  std::error_code failure;
  return std::filesystem::exists(std::filesystem::symlink_status(path, failure));
}

}  // namespace

NewTokenFile::NewTokenFile(const std::filesystem::path& path, const vault::SecretString& token, OldToken old) {
  std::error_code failure;
  path_ = std::filesystem::absolute(path, failure);
  if (failure) throw Error(ErrorCode::io, "the file is named relative to a folder that is gone");
  if (old == OldToken::replace && is_there(path_)) former_ = token_in(path_);
  vault::make_private_folders(path_.parent_path());
  vault::write_file_atomically(path_, with_line_end(token).reveal(),
                               former_ ? vault::Existing::replace : vault::Existing::refuse);
}

NewTokenFile::~NewTokenFile() {
  if (counts_) return;
  try {
    if (former_) {
      vault::write_file_atomically(path_, former_->reveal(), vault::Existing::replace);
    } else {
      ::unlink(path_.c_str());
    }
  } catch (const Error&) {
    // A token that opens nothing stays; the error that is on its way says so.
  }
}

}  // namespace cli
