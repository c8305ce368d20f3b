# What shells offer to complete, where they are installed.

# offers SHELL LINE REGEX...: the line, typed in $window and followed by Tab, leads to all of these.
offers() {
  local shell=$1 line=$2 word
  shift 2
  type_keys C-c && type_keys C-l && see '^READY> *$' && say "$line" && type_keys Tab Tab || return
  for word; do see "$word" || fail "$shell offers nothing like that for: $line" || return; done
  type_keys C-c
}

completes_words_of_the_store() {
  local shell=$1
  offers "$shell" 'muster declare --severity ' SEV-1 SEV-4 &&
    offers "$shell" 'muster show -i ' login-fails search-fails &&
    offers "$shell" 'muster assign -i search ' 'Incident.*Commander' &&
    offers "$shell" 'muster check -i search ' deploys first-update &&
    offers "$shell" 'muster update -i search --template ' initial handover &&
    offers "$shell" 'muster channel test ' pager mail
}

prepare_words() {
  mkdir -p "$XDG_CONFIG_HOME/muster" "$scratch/completions" &&
    printf 'channels:\n  pager: {kind: command, command: [cat]}\n  mail: {kind: command, command: [cat]}\n' \
      >"$XDG_CONFIG_HOME/muster/config.yaml" &&
    "$muster" declare Login fails --severity SEV-2 >/dev/null &&
    "$muster" declare Search fails --severity SEV-2 >/dev/null &&
    in_tmux -f /dev/null new-session -d -x 150 -y 40 -s "$window" "$@" &&
    in_tmux set-option -g status off
}

test_zsh_completes_words_of_the_store() {
  command -v zsh >/dev/null || return 0
  mkdir -p "$scratch/completions" &&
    "$muster" --generate-completion-script zsh >"$scratch/completions/_muster" &&
    prepare_words zsh -f && see '[#%$] *$' &&
    run_in_shell "fpath=($scratch/completions \$fpath); autoload -U compinit; compinit -u -D; PROMPT='READ''Y> '" &&
    see '^READY> *$' 20 && completes_words_of_the_store zsh
}

test_fish_completes_words_of_the_store() {
  command -v fish >/dev/null || return 0
  prepare_words fish --no-config && see '[#>] *$' &&
    run_in_shell "$muster --generate-completion-script fish | source; function fish_prompt; printf 'READ''Y> '; end" &&
    see '^READY> *$' 20 && completes_words_of_the_store fish
}
