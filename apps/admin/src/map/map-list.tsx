/** The map as a list: each node with what leads to it and what it leads to. */
import { StatusBadge, Table, TBody, Td, TextLink, Th, THead, Tr } from "@tillstream/ui";
import {
  columnsOf,
  figureOf,
  hrefOf,
  isInTrouble,
  nameOf,
  nodeState,
  stepsText,
  withoutArrows,
  type Arrow,
  type MapNode,
  type Neighbours,
  type SystemMap,
} from "./system-map.ts";

interface MapListProps {
  map: SystemMap;
  neighbours: ReadonlyMap<string, Neighbours>;
}

const NONE: Neighbours = { from: [], to: [] };

export function MapList({ map, neighbours }: MapListProps) {
  const around = (node: MapNode) => neighbours.get(node.id) ?? NONE;
  return columnsOf(map).map(({ title, groups }) => (
    <section key={title} className="min-w-0">
      <h2 className="heading mb-2 text-lg">{title}</h2>
      <Table label={title} density="reading">
        <THead>
          <Tr>
            <Th>Name</Th>
            <Th>How it is</Th>
            <Th className="w-1/3">Follows from</Th>
            <Th className="w-1/3">Leads to</Th>
          </Tr>
        </THead>
        <TBody>
          {groups
            .flatMap(({ nodes }) => nodes)
            .map((node) => (
              <Row key={node.id} node={node} around={around(node)} hrefOfNode={(one) => hrefOf(one, around(one))} />
            ))}
        </TBody>
      </Table>
    </section>
  ));
}

interface RowProps {
  node: MapNode;
  around: Neighbours;
  hrefOfNode(node: MapNode): string;
}

function Row({ node, around, hrefOfNode }: RowProps) {
  const state = nodeState(node);
  return (
    <Tr>
      <Td mono>
        <TextLink href={hrefOfNode(node)} className="inline-flex min-h-6 items-center">
          {nameOf(node)}
        </TextLink>
        {node.steps.length > 0 && <p className="font-sans whitespace-normal text-muted">{stepsText(node)}</p>}
      </Td>
      <Td label="How it is" className="whitespace-nowrap">
        {state === undefined ? (
          figureOf(node)
        ) : (
          <StatusBadge status={state.status} quiet={!isInTrouble(node)}>
            {figureOf(node)}
          </StatusBadge>
        )}
      </Td>
      <Td wide label="Follows from">
        <Arrows arrows={around.from} without={withoutArrows.from(node)} hrefOfNode={hrefOfNode} />
      </Td>
      <Td wide label="Leads to">
        <Arrows arrows={around.to} without={withoutArrows.to(node)} hrefOfNode={hrefOfNode} />
      </Td>
    </Tr>
  );
}

interface ArrowsProps {
  arrows: readonly Arrow[];
  /** In their place where there are none. */
  without: string;
  hrefOfNode(node: MapNode): string;
}

function Arrows({ arrows, without, hrefOfNode }: ArrowsProps) {
  if (arrows.length === 0) return <span className="text-muted">{without}</span>;
  return (
    <ul className="flex flex-wrap gap-x-3">
      {arrows.map(({ node }) => (
        <li key={node.id}>
          <TextLink href={hrefOfNode(node)} className="inline-flex min-h-6 items-center">
            {nameOf(node)}
          </TextLink>{" "}
          <span className="figures text-muted">{figureOf(node)}</span>
        </li>
      ))}
    </ul>
  );
}
