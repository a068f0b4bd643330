// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/secret_text.h"

#include <sodium.h>

#include "vault/crypto/library.h"

namespace vault {
namespace {

int variant_of(Base64 variant) {
  return variant == Base64::standard ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}

}  // namespace

SecretString to_base64(std::span<const std::uint8_t> bytes, Base64 variant) {
  require_crypto_library();
  SecretBytes text(sodium_base64_encoded_len(bytes.size(), variant_of(variant)));
  auto* const out = reinterpret_cast<char*>(text.writable().data());
  sodium_bin2base64(out, text.size(), bytes.data(), bytes.size(), variant_of(variant));
  text.truncate(text.size() - 1);  // the terminating zero
  return SecretString(std::move(text));
}

std::optional<SecretBytes> from_base64(std::string_view text, Base64 variant) {
  require_crypto_library();
  SecretBytes bytes(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  const int result = sodium_base642bin(bytes.writable().data(), bytes.size(), text.data(), text.size(), nullptr,
                                       &length, &end, variant_of(variant));
  if (result != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.truncate(length);
  return bytes;
}

}  // namespace vault
