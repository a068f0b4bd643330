// SPDX-License-Identifier: Apache-2.0
#pragma once
// A long document of --json, written as it comes: byte for byte what print_json() would write of the whole, of which no
// more than one element is in memory.

#include <string_view>
#include <vector>

#include "cli/words/json_output.h"

namespace cli {

class JsonStream {
 public:
  // `out` lives longer.
  explicit JsonStream(Output& out);  // {"schemaVersion": 1
  void member(std::string_view name, const Json& value);
  // An object's member. Between the two nothing but element(), or objects.
  void begin_array(std::string_view name);
  void element(const Json& value);
  void end_array();
  // An array's element that is long itself. Between the two member() and arrays.
  void begin_object();
  void end_object();
  void finish();  // }

 private:
  void next();  // in the object or array that was opened last
  void end(char bracket);
  void name(std::string_view name);

  Output& out_;
  std::vector<bool> empty_;  // the objects and arrays that are open, the outermost first
};

}  // namespace cli
