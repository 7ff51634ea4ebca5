import { useState } from 'preact/hooks';
import { counted } from '../../counted.ts';
import type { AgentTool } from '../../runtime/form/form-model.ts';
import { useShared } from './context.ts';
import { Place } from './findings.tsx';
import { sources } from './sources.ts';

/** The connector's actions as tools of an agent, and what they cost of its context. */
export function AgentView() {
  const { state } = useShared();
  const { agent } = state.model;
  const total = agent.reduce((sum, { tokens }) => sum + tokens, 0);
  const hard = agent.filter(({ problems }) => problems.length > 0).length;
  const [isFiltered, setFiltered] = useState(false);
  const shown = isFiltered ? agent.filter(({ problems }) => problems.length > 0) : agent;
  return (
    <article aria-labelledby="agent-title">
      <h1 id="agent-title" tabIndex={-1}>
        Tools for agents
      </h1>
      <p class="description">
        {counted(agent.length, 'action')} can be given to an agent;{' '}
        {hard === 0 ? 'none is' : `${hard} of them ${hard === 1 ? 'is' : 'are'}`} hard to call.
      </p>
      <Budget total={total} />
      {hard > 0 && hard < agent.length && (
        <label class="filter">
          <input type="checkbox" checked={isFiltered} onChange={(event) => setFiltered(event.currentTarget.checked)} />{' '}
          Only what is hard to call
        </label>
      )}
      {shown.map((tool, index) => (
        <Tool key={`${tool.operationId} ${index}`} tool={tool} />
      ))}
      <p class="source">{sources.agent}</p>
    </article>
  );
}

function Budget({ total }: { total: number }) {
  const [budget, setBudget] = useState(15_000);
  return (
    <div class="budget">
      <label>
        Budget in tokens{' '}
        <input
          type="number"
          min={0}
          step={500}
          value={budget}
          onInput={(event) => setBudget(Number(event.currentTarget.value) || 0)}
        />
      </label>
      <meter min={0} max={Math.max(budget, total, 1)} high={budget} value={total} aria-label="Tokens of all tools" />
      <span>
        All tools take about {total} tokens:{' '}
        {total > budget ? `${total - budget} more than that` : `${budget - total} are left`}.
      </span>
    </div>
  );
}

function Tool({ tool }: { tool: AgentTool }) {
  const { state } = useShared();
  const operation = state.model.operations.find(({ id, kind }) => id === tool.operationId && kind === 'action');
  return (
    <section class="tool" aria-label={tool.name}>
      <h2>{tool.name}</h2>
      <p class="about">
        <code>{tool.operationId}</code> · about {tool.tokens} tokens ·{' '}
        {operation !== undefined && <Place pointer={operation.pointer} />} ·{' '}
        {operation !== undefined && (
          <a href={`#operation=${encodeURIComponent(operation.pointer)}`}>Open {tool.operationId}</a>
        )}
      </p>
      <p>{tool.description || <em>No description</em>}</p>
      {tool.problems.length > 0 && (
        <ul class="problems" aria-label="What makes it hard to call">
          {tool.problems.map((problem) => (
            <li key={problem} data-problem={problem}>
              {state.agentProblems[problem] ?? problem}
            </li>
          ))}
        </ul>
      )}
      {tool.inputs.length > 0 && (
        <dl>
          {tool.inputs.map(({ key, label, description, type, required }) => (
            <div key={key}>
              <dt>
                {label} <code>{type}</code> {required && <span class="badge">required</span>}
              </dt>
              <dd>{description || <em>No description: the agent has nothing to fill it in by</em>}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
