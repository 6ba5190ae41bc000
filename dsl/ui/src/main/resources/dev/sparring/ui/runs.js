'use strict';
// The table of runs: rows come by events and stay in place while they change.
(() => {
  const at = id => document.getElementById(id);
  const [filter, draw, count, head, body, sweeps, leftOut, live] =
    ['filter', 'draw', 'count', 'head', 'rows', 'sweeps', 'left-out', 'live'].map(at);
  const runs = new Map();
  const rows = new Map();
  const chosen = new Set();
  let order = [];
  let sort = { column: '', down: false };
  let sweep = '';
  const query = new URLSearchParams(location.search);
  filter.value = query.get('filter') ?? '';
  const BAD = ['diverged', 'failed', 'killed', 'damaged'];

  const short = value => {
    if (value === undefined || value === null) return '-';
    if (typeof value !== 'number') return value;
    const size = Math.abs(value);
    return value === 0 || (size >= 1e-4 && size < 1e6)
      ? String(Number(value.toPrecision(4)))
      : value.toExponential(3).replace('e+', 'e');
  };
  const figures = () => {
    const many = new Map();
    for (const run of runs.values()) {
      for (const name of Object.keys(run.figures)) many.set(name, (many.get(name) ?? 0) + 1);
    }
    const measured = [...many.keys()].filter(name => !name.startsWith('loss_'))
      .sort((a, b) => many.get(b) - many.get(a) || a.localeCompare(b)).slice(0, 3);
    return ['loss_d', 'loss_g'].filter(name => many.has(name)).concat(measured);
  };
  let shown = [];

  const value = (run, column) => {
    if (column === '') return order.indexOf(run.id);
    if (['label', 'name', 'state'].includes(column)) return run[column];
    if (column === 'start') return run.start ?? undefined;
    if (['seed', 'step', 'steps'].includes(column)) return run[column] ?? undefined;
    return run.figures[column];
  };
  const CONDITION = /^([^=!<>~]+)(!=|<=|>=|=|<|>|~)(.+)$/;
  const meets = (run, word) => {
    const parts = CONDITION.exec(word);
    if (!parts) return `${run.label} ${run.name} ${run.state}`.toLowerCase().includes(word.toLowerCase());
    const [, column, operator, wanted] = parts;
    const own = value(run, column === 'path' ? 'label' : column);
    if (own === undefined || own === null) return false;
    if (operator === '~') return String(own).toLowerCase().includes(wanted.toLowerCase());
    const number = Number(wanted);
    const [a, b] = Number.isNaN(number) || typeof own !== 'number' ? [String(own), wanted] : [own, number];
    return { '=': a === b, '!=': a !== b, '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator];
  };

  const cell = (row, text, className) => {
    const made = row.insertCell();
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const fill = run => {
    let row = rows.get(run.id);
    if (!row) {
      row = document.createElement('tr');
      rows.set(run.id, row);
    }
    row.replaceChildren();
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = chosen.has(run.id);
    box.setAttribute('aria-label', `Choose ${run.label}`);
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(run.id);
      else chosen.delete(run.id);
      counted();
    });
    cell(row, '').append(box);
    const link = document.createElement('a');
    link.href = `run?id=${run.id}`;
    link.textContent = run.label;
    cell(row, '', 'label').append(link);
    cell(row, run.name, 'name of-name');
    const mood = run.state === 'completed' ? 'good' : BAD.includes(run.state) ? 'bad' : 'open';
    cell(row, run.state, mood).title = run.damage.join('\n');
    const step = run.step.toLocaleString('en');
    const steps = cell(row, run.steps && run.steps !== run.step ? `${step} of ${run.steps.toLocaleString('en')}` : step, `number ${mood}`);
    if (run.steps) {
      const bar = document.createElement('span');
      bar.className = 'bar';
      const done = document.createElement('span');
      done.style.width = `${Math.min(100, 100 * run.step / run.steps)}%`;
      bar.append(done);
      steps.append(bar);
    }
    cell(row, run.seed ?? '-', 'number');
    for (const name of shown) cell(row, short(run.figures[name]), 'number');
    cell(row, (run.start ?? '-').slice(0, 16).replace('T', ' '), 'name begun');
    return row;
  };

  const heading = () => {
    const columns = [['', '✓'], ['label', 'run'], ['name', 'name'], ['state', 'state'], ['step', 'steps'], ['seed', 'seed']]
      .concat(shown.map(name => [name, name]), [['start', 'begun']]);
    const row = document.createElement('tr');
    for (const [column, text] of columns) {
      const th = document.createElement('th');
      if (['seed', 'step', ...shown].includes(column)) th.className = 'number';
      if (column === 'name') th.className = 'of-name';
      if (column === 'start') th.className = 'begun';
      const button = document.createElement('button');
      button.type = 'button';
      if (column === '') {
        button.textContent = text;
        button.title = 'Choose all that are shown, or none';
        button.setAttribute('aria-label', button.title);
        button.addEventListener('click', chooseAll);
      } else {
        const isSorted = sort.column === column;
        button.textContent = text + (isSorted ? (sort.down ? ' ↓' : ' ↑') : '');
        th.setAttribute('aria-sort', isSorted ? (sort.down ? 'descending' : 'ascending') : 'none');
        button.addEventListener('click', () => {
          sort = isSorted && sort.down ? { column: '', down: false } : { column, down: isSorted };
          heading();
          arrange();
        });
      }
      th.append(button);
      row.append(th);
    }
    head.replaceChildren(row);
  };

  const visible = () => {
    const words = filter.value.trim().split(/\s+/).filter(Boolean);
    const all = order.map(id => runs.get(id))
      .filter(run => (!sweep || run.sweep === sweep) && words.every(word => meets(run, word)));
    if (sort.column === '') return all;
    const known = all.filter(run => value(run, sort.column) !== undefined);
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (sort.down ? -1 : 1);
    known.sort((a, b) => compare(value(a, sort.column), value(b, sort.column)));
    return known.concat(all.filter(run => value(run, sort.column) === undefined));
  };
  const arrange = () => {
    body.replaceChildren(...visible().map(run => rows.get(run.id)));
    counted();
  };
  const counted = () => {
    const many = chosen.size;
    draw.disabled = many === 0;
    draw.textContent = many ? `Draw curves of ${many} chosen run${many === 1 ? '' : 's'}` : 'Draw curves of chosen runs';
    const states = new Map();
    for (const run of runs.values()) states.set(run.state, (states.get(run.state) ?? 0) + 1);
    const all = [...states].map(([state, n]) => `${n} ${state}`).join(', ');
    const now = body.childElementCount;
    count.textContent = runs.size
      ? (now === runs.size ? '' : `${now} shown of `) + `${runs.size} run${runs.size === 1 ? '' : 's'}: ${all}`
      : 'No runs here yet; they appear as soon as there are any.';
  };
  const chooseAll = () => {
    const now = visible();
    const isAll = now.every(run => chosen.has(run.id));
    for (const run of now) {
      if (isAll) chosen.delete(run.id);
      else chosen.add(run.id);
      rows.get(run.id).querySelector('input').checked = !isAll;
    }
    counted();
  };
  const chips = () => {
    const names = new Map();
    for (const id of order) {
      const run = runs.get(id);
      if (run.sweep !== null) names.set(run.sweep, (names.get(run.sweep) ?? []).concat(run));
    }
    const list = document.createElement('ul');
    list.className = 'chips';
    for (const [name, own] of names) {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      const done = own.filter(run => run.state === 'completed').length;
      const bad = own.filter(run => BAD.includes(run.state)).length;
      button.textContent = `sweep ${name}: ${done} of ${own.length} completed${bad ? `, ${bad} failed or lost` : ''}`;
      button.setAttribute('aria-pressed', String(sweep === name));
      button.addEventListener('click', () => {
        sweep = sweep === name ? '' : name;
        chips();
        arrange();
      });
      item.append(button);
      list.append(item);
    }
    sweeps.replaceChildren(...(names.size ? [list] : []));
  };

  filter.addEventListener('input', () => {
    const now = new URLSearchParams(location.search);
    if (filter.value) now.set('filter', filter.value);
    else now.delete('filter');
    history.replaceState(null, '', `?${now}`);
    arrange();
  });
  draw.addEventListener('click', () => {
    const ids = order.filter(id => chosen.has(id));
    location.href = `curves?runs=${ids.slice(0, 500).join('.')}`;
  });

  const told = news => {
    for (const run of news.rows) runs.set(run.id, run);
    order = news.order;
    for (const id of [...runs.keys()]) {
      if (order.includes(id)) continue;
      runs.delete(id);
      rows.delete(id);
      chosen.delete(id);
    }
    const now = figures();
    const isOther = now.join() !== shown.join();
    shown = now;
    for (const run of isOther ? runs.values() : news.rows) fill(run);
    leftOut.replaceChildren(...news.leftOut.map(line => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }));
    heading();
    chips();
    arrange();
    document.body.dataset.ready = 'true';
  };
  let events = null;
  const listen = () => {
    events?.close();
    // A browser keeps six connections to a server: pages that nobody sees leave theirs to others.
    if (document.hidden) return;
    events = new EventSource('runs-events');
    events.addEventListener('runs', event => told(JSON.parse(event.data)));
    events.addEventListener('problem', event => {
      const place = at('problem');
      place.textContent = JSON.parse(event.data).problem;
      place.hidden = false;
    });
    events.addEventListener('open', () => { live.textContent = ''; live.className = ''; });
    events.addEventListener('error', () => {
      live.textContent = 'sparring ui does not answer any more; this page shows what was last.';
      live.className = 'lost';
    });
  };
  document.addEventListener('visibilitychange', listen);
  listen();
})();
