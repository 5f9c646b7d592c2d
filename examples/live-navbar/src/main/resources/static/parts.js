// Small pieces of the page. Names come from strangers, so they are only ever set as text.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

const letters = new Intl.Segmenter();

export function display(name) {
  return /^[a-z]/.test(name) ? name[0].toUpperCase() + name.slice(1) : name;
}

function initials(name) {
  const shown = [...letters.segment(display(name.trim() || name))].map(part => part.segment);
  return /^\p{L}$/u.test(shown[0]) ? shown.slice(0, 2).join('') : shown[0];
}

// The same name has the same colour everywhere; the lightness is fixed, so white letters can always be read.
function hue(name) {
  let hash = 0;
  for (const letter of name) {
    hash = (hash * 41 + letter.codePointAt(0)) % 360;
  }
  return (hash * 117) % 360;
}

export function avatar(name, ...more) {
  const node = el('span', { class: 'avatar', 'aria-hidden': 'true', title: name }, initials(name), ...more);
  node.style.setProperty('--hue', hue(name));
  return node;
}

export const liveDot = () => el('i', { class: 'dot' });

export const plural = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const DEALS = [
  ['Solar roof for the school board', 'ana', 'Proposal', 84000],
  ['Harbour ferries, seat covers', 'bo', 'Negotiation', 126500],
  ['Bakery chain, 40 ovens', 'dara', 'Qualified', 61200],
  ['Clinic scheduling', 'priya', 'Proposal', 38900],
  ['Night train catering', 'emre', 'Negotiation', 152000],
  ['Library of things', 'lena', 'Qualified', 17400],
];
