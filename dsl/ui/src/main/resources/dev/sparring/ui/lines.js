'use strict';
// How curves look, and what is made of their numbers before they are drawn.
const Lines = (() => {
  // Thirty lines can be told apart, by ten colors and three kinds of dashes.
  const COLORS = ['#3b82c4', '#e07b00', '#2f9e63', '#d64550', '#9467bd', '#0f9fb5', '#a9745b', '#d667a8', '#8c9a1e', '#7f8894'];
  const DASHES = [[], [8, 4], [2, 3]];
  const BORDERS = ['solid', 'dashed', 'dotted'];
  const color = i => COLORS[i % COLORS.length];
  const kind = i => Math.floor(i / COLORS.length) % DASHES.length;
  const dashes = i => DASHES[kind(i)];
  const swatch = i => {
    const made = document.createElement('span');
    made.className = 'swatch';
    made.style.borderTop = `3px ${BORDERS[kind(i)]} ${color(i)}`;
    return made;
  };

  // A mean over a share of the points that are shown, as in reports.
  const smoothed = (values, percent) => {
    const half = Math.round(values.length * percent / 200);
    if (half < 1) return values;
    const sums = [0];
    for (const value of values) sums.push(sums[sums.length - 1] + value);
    return values.map((_, i) => {
      const [from, to] = [Math.max(0, i - half), Math.min(values.length, i + half + 1)];
      return (sums[to] - sums[from]) / (to - from);
    });
  };
  // A logarithmic axis has no place for others.
  const positive = values => values.map(value => (value > 0 ? value : null));

  // What becomes of values that share a step: before, one more, and how many there are with it.
  const mean = (before, value, many) => before + (value - before) / many;
  const greatest = (before, value) => Math.max(before, value);
  const least = (before, value) => Math.min(before, value);

  const CELLS = 1024;
  // A plot joins the steps of all its lines, and lines over different steps, as runs of different lengths have, would be
  // thousands of steps each. So each step is moved, by less than a pixel, to one that all lines share.
  const shared = ([x, ...columns], from, to) => {
    const size = (to - from) / CELLS;
    if (!(size > 0)) return [x.values, ...columns.map(({ values }) => values)];
    const cells = [];
    const out = columns.map(() => []);
    let many = 0;
    for (const [k, step] of x.values.entries()) {
      const cell = from + Math.round((step - from) / size) * size;
      const isNew = cells[cells.length - 1] !== cell;
      if (isNew) cells.push(cell);
      many = isNew ? 1 : many + 1;
      for (const [n, { values, join }] of columns.entries()) {
        const last = out[n].length - 1;
        if (isNew) out[n].push(values[k]);
        else if (out[n][last] === null) out[n][last] = values[k];
        else if (values[k] !== null) out[n][last] = join(out[n][last], values[k], many);
      }
    }
    return [cells, ...out];
  };
  return { color, dashes, swatch, smoothed, positive, mean, greatest, least, shared };
})();
