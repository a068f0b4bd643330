// SPDX-License-Identifier: Apache-2.0
#pragma once
// A long document of --json, written as it comes: byte for byte what print_json() would write of the whole, of which no
// more than one element is in memory.

#include <string_view>

#include "cli/words/json_output.h"

namespace cli {

class JsonStream {
 public:
  // `out` lives longer.
  explicit JsonStream(Output& out);  // {"schemaVersion": 1
  void member(std::string_view name, const Json& value);
  // Between the two nothing but element().
  void begin_array(std::string_view name);
  void element(const Json& value);
  void end_array();
  void finish();  // }

 private:
  void name(std::string_view name);

  Output& out_;
  bool empty_ = true;  // the array that is open
};

}  // namespace cli
