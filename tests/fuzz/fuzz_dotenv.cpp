// SPDX-License-Identifier: Apache-2.0
// Any text parses; what was parsed and can be written reads back the same, in one file, in the same order.

#include <cstdint>
#include <cstdlib>

#include "import/dotenv/dotenv.h"
#include "import/dotenv/dotenv_writer.h"
#include "vault/base/error.h"

namespace {

using Variables = std::vector<vault::VariableDraft>;

bool is_writable(const vault::VariableDraft& variable) {
  const formats::NamedSecret one[] = {{variable.name, &variable.value}};
  try {
    formats::write_variables(one, formats::Dialect::dotenv);
    return true;
  } catch (const vault::Error&) {
    return false;
  }
}

vault::SecretString written(const Variables& variables) {
  std::vector<formats::NamedSecret> views;
  for (const auto& variable : variables) views.push_back({variable.name, &variable.value});
  return formats::write_variables(views, formats::Dialect::dotenv);
}

void require_same(const Variables& wanted, const Variables& seen) {
  if (wanted.size() != seen.size()) std::abort();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].name != seen[i].name || !wanted[i].value.same_as(seen[i].value)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Variables variables;
  try {
    variables = formats::read_dotenv({reinterpret_cast<const char*>(data), size});
  } catch (const vault::Error&) {
    return 0;  // UTF-16
  }
  std::erase_if(variables, [](const vault::VariableDraft& variable) { return !is_writable(variable); });
  require_same(variables, formats::read_dotenv(written(variables).reveal()));
  return 0;
}
