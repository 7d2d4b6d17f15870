// Reads out the values of a chart under the pointer, or with the arrow keys. The page is complete without it.
for (const plot of document.querySelectorAll('.plot')) {
  const points = JSON.parse(plot.dataset.points);
  const cursor = plot.appendChild(document.createElement('div'));
  const note = plot.appendChild(document.createElement('div'));
  cursor.className = 'cursor';
  note.className = 'note';
  note.setAttribute('role', 'status');
  let at = -1;
  const show = index => {
    at = Math.max(0, Math.min(points.length - 1, index));
    const [x, label, values] = points[at];
    cursor.style.left = 100 * x + '%';
    note.textContent = [label, ...values.map(value => value[1])].join('\n');
    plot.classList.add('reading');
    // right of the line where there is room, else left of it, else wherever it fits
    const width = plot.clientWidth, room = note.offsetWidth, line = x * width;
    const left = width >= line + 8 + room ? line + 8 : line - 8 - room;
    note.style.left = Math.max(0, left) + 'px';
  };
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    let nearest = 0;
    points.forEach((point, index) => {
      if (Math.abs(points[nearest][0] - x) > Math.abs(point[0] - x)) nearest = index;
    });
    show(nearest);
  });
  plot.addEventListener('pointerleave', () => plot.classList.remove('reading'));
  plot.addEventListener('blur', () => plot.classList.remove('reading'));
  plot.addEventListener('keydown', event => {
    if (event.key === 'ArrowRight') show(at + 1);
    else if (event.key === 'ArrowLeft') show(at - 1);
    else if (event.key === 'Home') show(0);
    else if (event.key === 'End') show(points.length - 1);
    else return;
    event.preventDefault();
  });
}
