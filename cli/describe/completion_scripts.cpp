// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/completion_scripts.h"

#include <algorithm>
#include <array>

namespace cli {
namespace {

// Bash cuts words at '=' and ':' and replaces only what stands behind the last of them.
constexpr std::string_view kBash = R"(# bash completion for claviger. Load it with: source <(claviger completion bash)
_claviger() {
    local part current cut glued='' line
    local -a typed=() lines=()
    for part in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ (-n $glued || $part == [=:]*) && ${#typed[@]} -gt 0 ]]; then
            typed[-1]+=$part
        else
            typed+=("$part")
        fi
        if [[ $part == [=:]* ]]; then glued=yes; else glued=''; fi
    done
    current=${typed[-1]}
    cut=''
    if [[ $current == *[=:]* ]]; then cut=${current%"${current##*[=:]}"}; fi
    COMPREPLY=()
    mapfile -t lines < <("${1/#\~\//$HOME/}" __complete -- "${typed[@]}" 2>/dev/null)
    case ${lines[0]-} in
        words)
            for line in "${lines[@]:1}"; do
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$cut"}")
            done
            ;;
        files)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "${current#"$cut"}")
            ;;
        folders)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "${current#"$cut"}")
            ;;
        programs) mapfile -t COMPREPLY < <(compgen -c -- "${current#"$cut"}") ;;
    esac
}
complete -F _claviger claviger
)";

constexpr std::string_view kZsh = R"(#compdef claviger
# zsh completion for claviger. Load it with: source <(claviger completion zsh)
_claviger() {
    local line word
    local -a lines found
    lines=("${(@f)$(${~words[1]} __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
    case $lines[1] in
        words)
            for line in "${(@)lines[2,-1]}"; do
                word=${line%%$'\t'*}
                if [[ -n $IPREFIX ]]; then word=${word#*=}; fi
                found+=("${word//:/\\:}:${line#*$'\t'}")
            done
            _describe -t words claviger found
            ;;
        files) _files ;;
        folders) _files -/ ;;
        programs) _command_names -e ;;
    esac
}
if [[ $funcstack[1] == _claviger ]]; then
    _claviger "$@"
elif (( $+functions[compdef] )); then
    compdef _claviger claviger
fi
)";

constexpr std::string_view kFish = R"(# fish completion for claviger. Load it with: claviger completion fish | source
function __claviger_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $typed[1])
    set -l lines ($program __complete -- $typed[2..] "$current" 2>/dev/null)
    set -l head (string match -r -- '^--[^=]+=' $current)
    set -l value (string replace -r -- '^--[^=]+=' '' $current)
    switch "$lines[1]"
        case words
            printf '%s\n' $lines[2..]
        case files
            printf '%s\n' "$head"(__fish_complete_path "$value")
        case folders
            printf '%s\n' "$head"(__fish_complete_directories "$value" '')
        case programs
            __fish_complete_command
    end
end
complete -c claviger -f -a '(__claviger_complete)'
)";

struct Script {
  std::string_view shell;
  std::string_view text;
};
constexpr std::array kScripts = {Script{"bash", kBash}, Script{"zsh", kZsh}, Script{"fish", kFish}};

}  // namespace

std::vector<std::string> completion_shells() {
  std::vector<std::string> shells;
  for (const auto& script : kScripts) shells.emplace_back(script.shell);
  return shells;
}

std::string_view completion_script(std::string_view shell) noexcept {
  const auto* const found = std::ranges::find(kScripts, shell, &Script::shell);
  return found == kScripts.end() ? std::string_view() : found->text;
}

}  // namespace cli
