interface Node {
  tagName?: string;
  children?: Node[];
}

const deepest = 6;

/**
 * Makes the headings of a foreign text fit under a heading of the page: they begin one level below it and skip none,
 * whatever levels the text uses, because screen readers move through a page by its levels (WCAG 1.3.1).
 * @param tree a hast tree; its headings are renamed in place
 * @param under level of the heading that the text stands under
 */
export function fitHeadings(tree: Node, under: number): void {
  const open: number[] = [];
  for (const heading of headingsOf(tree)) {
    const level = Number(heading.tagName?.slice(1));
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    heading.tagName = `h${Math.min(deepest, under + open.length)}`;
  }
}

function headingsOf(node: Node): Node[] {
  if (/^h[1-6]$/.test(node.tagName ?? '')) return [node];
  return (node.children ?? []).flatMap(headingsOf);
}
