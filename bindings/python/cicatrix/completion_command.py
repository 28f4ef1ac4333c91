"""`cicatrix completion`: the few lines that make a shell ask this command what Tab may offer."""

import argparse
from typing import Any

from cicatrix.completion import completions
from cicatrix.outcome import Exit

BASH = r"""# Tab completion of cicatrix for bash; made by `cicatrix completion bash`.
_cicatrix() {
    local typed=${COMP_WORDS[COMP_CWORD]} name told ending
    COMPREPLY=()
    [[ $typed == "=" ]] && typed=
    while IFS=$'\t' read -r name told; do
        case $name in
            :files)
                compopt -o filenames 2>/dev/null
                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$typed") ;;
            ":files "*)
                compopt -o filenames 2>/dev/null
                for ending in ${name#:files }; do
                    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -X "!*$ending" -- "$typed")
                done ;;
            :folders)
                compopt -o filenames 2>/dev/null
                mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$typed") ;;
            *=) compopt -o nospace 2>/dev/null; COMPREPLY+=("$name") ;;
            *) COMPREPLY+=("$name") ;;
        esac
    done < <("${COMP_WORDS[0]/#\~/$HOME}" completion words -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$typed" 2>/dev/null)
}
complete -F _cicatrix cicatrix
"""
ZSH = r"""#compdef cicatrix
# Tab completion of cicatrix for zsh; made by `cicatrix completion zsh`.
_cicatrix() {
    local line name ending
    local -a items
    for line in "${(@f)$("${words[1]/#\~/$HOME}" completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        name=${line%%$'\t'*}
        case $name in
            '') ;;
            :files) _files ;;
            ':files '*) for ending in ${=name#:files }; do _path_files -g "*$ending"; done ;;
            :folders) _path_files -/ ;;
            *) items+=("${name//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#items )) && _describe -t names name items
    return 0
}
if [[ ${funcstack[1]} == _cicatrix ]]; then _cicatrix "$@"; else compdef _cicatrix cicatrix; fi
"""
FISH = r"""# Tab completion of cicatrix for fish; made by `cicatrix completion fish`.
function __cicatrix_names
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    for line in ($words[1] completion words -- $words[2..-1] "$typed" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$typed"
            case ':files *'
                for ending in (string split ' ' -- $line)[2..-1]
                    __fish_complete_suffix $ending
                end
            case ':folders'
                __fish_complete_directories "$typed"
            case '*'
                echo $line
        end
    end
end
complete -c cicatrix -f -a '(__cicatrix_names)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
HELP = """\
example: eval "$(cicatrix completion bash)"

Prints what makes Tab complete commands, options, scenarios, names and files. Put one line where your shell begins:

  ~/.bashrc                    eval "$(cicatrix completion bash)"
  ~/.zshrc, behind compinit    eval "$(cicatrix completion zsh)"
  ~/.config/fish/config.fish   cicatrix completion fish | source

The shell then asks this command at each Tab, so that it always offers what this version takes."""


def add_completion(chosen: Any) -> None:
    """Declares the command; the list of commands, which fills a screen, leaves it out."""
    parser = chosen.add_parser("completion", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shell", metavar="SHELL", choices=tuple(SCRIPTS), help=" or ".join(SCRIPTS))
    parser.set_defaults(command=completion, json=False)


def completion(options: argparse.Namespace) -> Exit:
    """Prints the script of a shell."""
    print(SCRIPTS[options.shell], end="")
    return Exit.DONE


def asks_for_words(given: list[str]) -> bool:
    """Whether a script asks, `completion words -- WORD ...`; argparse would take the dashes out of the words."""
    return given[:3] == ["completion", "words", "--"]


def words_offered(parser: argparse.ArgumentParser, given: list[str]) -> str:
    """What may stand in the place of the last word, a line each."""
    return "\n".join(completions(parser, given[3:]))
