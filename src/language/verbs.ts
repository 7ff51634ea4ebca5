import { thirdPerson } from './inflection.ts';
import { letterPattern } from './letters.ts';

/** Verbs that begin the names and summaries of operations. */

/** They say what to do wherever they come first. */
const clearVerbs =
  'abort accept acknowledge acquire activate add adjust admit advance aggregate allocate allow amend analyse analyze ' +
  'annotate append apply approve archive arrange assess assign associate attach attempt authenticate authorise authorize ban ' +
  'begin bind browse build calculate call cancel cast categorize charge chat check choose classify clean clear clone ' +
  'close collect combine commit compare compile complete compose compress compute configure confirm connect consume ' +
  'convert copy correct count create crop decline decode decrease decrypt define delete deliver demote deny deploy ' +
  'deprecate deregister describe destroy detach detect determine disable disassociate discard disconnect dismiss dispatch ' +
  'distribute download drop duplicate edit eject enable encode encrypt end enqueue enrich enroll ensure enter enumerate ' +
  'erase escalate establish estimate evaluate examine exchange exclude execute expand expire explore export extend ' +
  'extract fetch fill filter finalise finalize find finish fire flush force forget format forward freeze ' +
  'fulfill generate geocode get give grant handle hide hold identify ignore import impersonate include increase increment ' +
  'indicate inform ingest initialize initiate insert inspect install integrate interrupt invalidate invite invoke join ' +
  'keep kill launch leave link list load locate lock login logout look lookup make manage map mark match measure merge ' +
  'migrate modify monitor move mute notify obtain open optimize override parse patch pause perform permit persist pick ' +
  'pin ping poll populate predict prepare prevent prioritize proceed promote propose provide provision publish pull purge ' +
  'push put query queue read reactivate reassign rebuild recalculate receive recognize recommend reconnect recover redeem ' +
  'redirect reduce refer refresh refund refuse regenerate register reinstate reject release reload remind remove rename renew ' +
  'reopen reorder repeat replace replay reply reprocess request reschedule resend reserve reset resize resolve respond ' +
  'restart restore restrict resubmit resume retrieve retry return reveal reverse revert revoke rewrite rotate run save ' +
  'scan search select send serve set show shut simulate skip snooze solve sort specify split start stop stream submit ' +
  'subscribe suggest summarize suspend swap switch synchronise synchronize sync tell terminate throttle toggle transcribe ' +
  'transform translate trigger unarchive unassign unban unblock undelete undo unfollow uninstall unlink unlock unmute ' +
  'unpin unpublish unregister unsubscribe update upgrade upload upsert validate verify void wait wake withdraw write ' +
  'adopt assume clarify concatenate contribute declare deduct derive discover embed emit enforce evict expose gather infer ' +
  'inquire introspect invert iterate lend listen nominate normalise normalize offboard onboard overwrite paginate prune ' +
  'rebase recompute reconcile recycle reissue render reroute retire reuse sanitise sanitize scrape sell settle shorten ' +
  'shuffle spawn strip substitute take teach tokenise tokenize try turn unset wipe';

/** They are nouns just as often: `Order history`, `Report usage`; what follows and the method tell. */
const nounsToo =
  'access address block book bookmark capture contact debit deposit design discount display email file follow forecast form group guide ' +
  'host image index invoice issue label like log mail message model name note object offer order page park pay payout place plan ' +
  'play post present preview price print process profile project quote rank rate record report reserve result review ' +
  'reward schedule score share ship sign source stage star state stock store study support survey tag target task test ' +
  'time track trade transfer travel use view visit vote watch work batch bulk ' +
  'backup bundle cache change checkout claim comment dispute echo favorite favourite fix flag heartbeat help lease mint mirror ' +
  'mount pair probe purchase raise rent repair route scale snapshot supply touch train transition wrap';

/** In British spelling or with a doubled consonant; or a better word for makers. */
const betterForms: ReadonlyMap<string, string> = new Map([
  ['fetch', 'gets'],
  ['have', 'has'],
  ['list', 'returns a list of'],
  ['login', 'signs in'],
  ['logout', 'signs out'],
  ['lookup', 'looks up'],
  ['put', 'puts'],
  ['sync', 'synchronizes'],
  ['upsert', 'creates or updates'],
]);

const clear: ReadonlySet<string> = new Set(clearVerbs.split(' '));
const ambiguous: ReadonlySet<string> = new Set(nounsToo.split(' '));
let thirdPersons: ReadonlyMap<string, string> | undefined;
/** The verb of a third person; undefined for other words. */
function verbOf(thirdPersonForm: string): string | undefined {
  thirdPersons ??= new Map([...clear, ...ambiguous].map((verb) => [thirdPerson(verb), verb]));
  return thirdPersons.get(thirdPersonForm);
}

/** Words before which an unknown word is a verb: `Frobnicate the widget`. */
const determiner =
  /^(?:a|all|an|another|any|each|every|multiple|my|one|several|some|specific|the|these|this|those|your)$/i;

/** Clear verbs that are nouns before some words: `Export status`, `Search results`. */
const nounsBefore =
  /^(?:analyze|archive|call|change|charge|chat|check|clone|conversion|copy|count|delete|deploy|download|estimate|exchange|export|filter|format|handle|import|invite|link|load|lock|log|login|lookup|map|match|measure|merge|permit|ping|query|queue|read|refund|release|reply|request|return|run|save|scan|search|send|serve|set|sort|start|stop|stream|swap|switch|sync|transfer|trigger|update|upgrade|upload|wait|write)$/;
const thingsAfter =
  /^(?:analytics|codes?|counts?|data|details?|errors?|events?|history|jobs?|limits?|logs?|metadata|options|progress|rates?|requests?|results?|settings|stats|statistics|status|statuses|summary|tasks?|types?)$/i;

/** What the first word of a text is: `imperative` (Get), `third person` (Gets), else undefined (Order history). */
export type VerbForm = 'imperative' | 'third person';

/**
 * Whether the first word is a verb, and in which form.
 *
 * @param first the word
 * @param next the word after it, empty where there is none
 * @param method the HTTP method: what GET names is a thing more often than a deed
 */
export function verbForm(first: string, next: string, method?: string): VerbForm | undefined {
  const verb = first.toLowerCase().replace(/^(?:re-|pre-|un-|de-|bulk-|batch-|auto-)/, '');
  const isThing = method !== undefined && /^(?:get|head)$/i.test(method);
  // `Search suggest` is made of two verbs
  const isNoun = nounsBefore.test(verb) && (thingsAfter.test(next) || clear.has(next.toLowerCase()));
  if (clear.has(verb)) return isThing && isNoun ? undefined : 'imperative';
  if (ambiguous.has(verb)) {
    return determiner.test(next) || (!isThing && next !== '') ? 'imperative' : undefined;
  }
  if (verbOf(verb) !== undefined && (!ambiguous.has(verb.replace(/s$/, '')) || determiner.test(next)))
    return 'third person';
  if (!determiner.test(next) || !lettersOnly(first).test(first)) return undefined;
  return /[^s]s$/i.test(verb) ? 'third person' : 'imperative';
}

const lettersOnly = letterPattern(/^[A-Za-z]+$/, () => /^\p{L}+$/u);

/** Whether a word names something to do wherever it is: `cancel` in `/orders/{id}/cancel`. */
export const isVerb = (word: string): boolean => clear.has(word.toLowerCase()) || ambiguous.has(word.toLowerCase());

/** Whether a word is a verb and hardly ever a noun. */
export const isClearVerb = (word: string): boolean => clear.has(word.toLowerCase());

/** A third person as an imperative: `Creates` → `create`; a verb that isn't known loses its ending. */
export function imperative(thirdPersonForm: string): string {
  const lower = thirdPersonForm.toLowerCase();
  return verbOf(lower) ?? lower.replace(/s$/, '');
}

/** The verb as sentences of descriptions use it: `get` → `gets`, `list` → `returns a list of`, `bulk-delete` → `bulk-deletes`. */
export function conjugate(verb: string): string {
  const lower = verb.toLowerCase();
  return betterForms.get(lower) ?? thirdPerson(lower);
}
