#!/usr/bin/env sh
# The main job on shipped input: check, summarise, a mistake, generate for both, verify in both,
# and train in both.
set -eu
out=demo_output
mkdir -p "$out"

say() { printf '\n== %s\n\n' "$1"; }

say 'archspec check resnet50'
archspec check resnet50

say 'archspec summary resnet50'
archspec summary resnet50 > "$out/resnet50_summary.txt"
head -n 12 "$out/resnet50_summary.txt"
printf '    …\n'
tail -n 8 "$out/resnet50_summary.txt"

say 'a deliberate mistake: the shortcut keeps 64 channels where main has 256'
cat > "$out/mistake.arch" <<'SPEC'
block bottleneck(filters: int) {
  add {
    | main:     conv(filters, 1) -> relu -> conv(4 * filters, 1)
    | shortcut: identity
  } -> relu
}

network mistake() {
  input image[56, 56, 64]
  bottleneck(64)
}
SPEC
if archspec check "$out/mistake.arch"; then
  echo 'the mistake was not found' >&2
  exit 1
fi

say 'archspec generate resnet50, for PyTorch and for Keras'
archspec generate resnet50 --backend torch --force -o "$out/torch"
archspec generate resnet50 --backend keras --force -o "$out/keras"

say 'archspec verify lenet5'
archspec verify lenet5

say 'archspec verify resnet18, at 64 x 64'
archspec verify resnet18 --size 64

say 'archspec verify lenet5_32 --train'
archspec verify lenet5_32 --train

say 'archspec train lenet5_32, on the digits of scikit-learn, in both'
for backend in torch keras; do
  rm -rf "$out/digits_$backend"
  archspec train lenet5_32 --backend "$backend" -o "$out/digits_$backend" > "$out/digits_$backend.log" 2>&1 \
    || { cat "$out/digits_$backend.log" >&2; exit 1; }
  archspec evaluate "$out/digits_$backend" --json > "$out/digits_$backend/evaluation.json" 2> /dev/null
  python - "$backend" "$out/digits_$backend/evaluation.json" <<'CHECK'
import json, sys
found = json.load(open(sys.argv[2]))
accuracy = found["metrics"]["accuracy"]
print(f"{sys.argv[1]}: accuracy {accuracy:.4f} on {found['samples']} digits that it was not trained on")
sys.exit(accuracy < 0.97)
CHECK
done
archspec curves "$out/digits_torch" "$out/digits_keras" --force -o "$out/digits.png"

say 'done'
echo "checked and summarised resnet50, showed a mistake at its line, generated resnet50 for"
echo "PyTorch and Keras, verified lenet5 and resnet18 (both frameworks compute the same), and trained"
echo "lenet5_32 in both: the same weights after each step, and digits.png has the two curves."
echo "Files:"
for file in "$out"/*.txt "$out"/*.arch "$out"/*.png "$out"/*/*.py; do echo "  $file"; done
