// SPDX-License-Identifier: Apache-2.0
#include "cli/error_report.h"

#include <exception>
#include <new>
#include <string_view>

#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

std::string lines(std::string_view message, std::string_view hint, Colour colour) {
  const auto line_end = message.find('\n');
  std::string text = styled("claviger:", Style::red, colour) + " " + line_safe(message.substr(0, line_end)) + "\n";
  // A second line of our own; whatever else is in it stays on it.
  if (line_end != std::string_view::npos) text += line_safe(message.substr(line_end + 1)) + "\n";
  if (!hint.empty()) text += styled("hint:", Style::cyan, colour) + " " + line_safe(hint) + "\n";
  return text;
}

}  // namespace

ErrorReport report_current_exception(Colour colour) {
  try {
    throw;
  } catch (const vault::Error& error) {
    return {lines(error.what(), error.hint(), colour), exit_code_for(error.code())};
  } catch (const std::bad_alloc&) {
    return {lines("out of memory", "", colour), ExitCode::io};
  } catch (...) {
    return {
        lines("internal error", "this is a bug: please report what you did, and 'claviger --version --json'", colour),
        ExitCode::internal};
  }
}

}  // namespace cli
