/** Two versions of something. */
export interface Pair<T> {
  before: T;
  after: T;
}
