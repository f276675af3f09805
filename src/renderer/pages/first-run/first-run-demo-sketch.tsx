/** A glimpse of the demo: generated streets and vehicles, the same at each start, in the theme's own greys. */
const WIDTH = 420;
const HEIGHT = 148;

type Line = { readonly path: string; readonly wide: boolean };
type Arrow = { readonly x: number; readonly y: number; readonly turn: number };

/** The multiplier and modulus of Park and Miller, so that the sketch never changes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function sketch(): { readonly lines: readonly Line[]; readonly arrows: readonly Arrow[] } {
  const random = makeRandom(7);
  const lines: Line[] = [];
  const arrows: Arrow[] = [];
  let street = 0;
  for (let x = 14; x < WIDTH; x += 26 + random() * 22, street++) {
    const lean = 16 - random() * 32;
    lines.push({ path: `M${x} 0L${x + lean} ${HEIGHT}`, wide: street % 4 === 0 });
    for (let y = 10 + random() * 60; y < HEIGHT; y += 60 + random() * 70)
      arrows.push({ x: x + (lean * y) / HEIGHT, y, turn: random() < 0.5 ? 0 : 180 });
  }
  for (let y = 12; y < HEIGHT; y += 24 + random() * 18, street++) {
    const lean = 14 - random() * 28;
    lines.push({ path: `M0 ${y}L${WIDTH} ${y + lean}`, wide: street % 3 === 0 });
    for (let x = 20 + random() * 90; x < WIDTH; x += 90 + random() * 130)
      arrows.push({ x, y: y + (lean * x) / WIDTH, turn: random() < 0.5 ? 90 : 270 });
  }
  return { lines, arrows };
}

const { lines, arrows } = sketch();

export function DemoSketch() {
  return (
    <svg
      className="demo-sketch"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {lines.map(({ path, wide }) => (
        <path key={path} d={path} stroke={wide ? 'var(--road)' : 'var(--road2)'} strokeWidth={wide ? 4 : 1.6} />
      ))}
      {arrows.map(({ x, y, turn }) => (
        <path
          key={`${x} ${y}`}
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})`}
          d="M0-5L3.8 4.2 0 2.1-3.8 4.2z"
          fill="var(--normal)"
        />
      ))}
    </svg>
  );
}
