// SPDX-License-Identifier: Apache-2.0
#pragma once
// lookup_provider without the copy, for this room's own files: an order is resolved over every profile there is.

#include <string_view>

#include "vault/base/ids.h"

namespace vault {

// Lives as long as the provider.
std::string_view lookup_key(const ProviderId& provider) noexcept;

}  // namespace vault
