# Keys and sizes as a cat would choose them, the same every time.

# next_random LIMIT: sets $random to 0 ..< LIMIT.
next_random() {
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  random=$((seed / 65536 % $1))
}

# random_keys SEED COUNT: presses so many, five at a time, with a new size now and then.
random_keys() {
  local seed=$1 random round keys i
  local all=(a s v p i m R O C n F y d c X Space x - = + A h H T t u e r S 1 2 3 4 Tab BTab Up Down Left Right k j
    PPage NPage Home End g G z Enter Enter Enter / '\' N f Escape Escape I o b D M Z B : '?' C-l Y y 0 9 w 10m C-a C-e
    C-k C-u C-w C-n C-p BSpace DC F1 F5 M-x '{' '"' é 障 🔥)
  for round in $(seq $(($2 / 5))); do
    keys=()
    for i in 1 2 3 4 5; do
      next_random ${#all[@]}
      keys+=("${all[random]}")
    done
    in_tmux send-keys -t "$window" -- "${keys[@]}" || return
    if next_random 12 && [ "$random" = 0 ]; then
      next_random 170
      local width=$((random + 1))
      next_random 50
      resize "${width}x$((random + 1))" || return
    fi
  done
}

survives_random_keys() {
  hostile_console || return
  local pid
  pid=$(pane_child)
  random_keys "$1" "$2" && resize 100x30 && until_true 10 size_is 100x30 &&
    kill -0 "$pid" || fail "it died of the keys of seed $1" || return
  # Out of whatever is open: bare text, a dialog, an overlay, a line being typed.
  local i
  type_keys Enter
  for i in 1 2 3 4; do type_keys Escape && type_keys C-l; done
  see 'T\+0' && type_keys C-z && see 'Stopped' && run_in_shell 'kill %1; fg' && see 'READY> *$' &&
    "$muster" verify >/dev/null || fail "seed $1"
}

test_random_keys_and_sizes_break_nothing() { survives_random_keys 3 300; }
