import { expect } from 'chai';
import {
  describeField,
  describeFieldAnyway,
  type Field,
  isFrameOfAnswer,
  ownerFromName,
} from '../../src/language/field-texts.ts';
import { titleCase } from '../../src/language/words.ts';

describe('descriptions of fields', () => {
  const rows: readonly [Field, string | undefined][] = [
    [{ name: 'created_at', owner: 'order' }, 'When the order was created.'],
    [{ name: 'createdAt' }, 'When it was created.'],
    [{ name: 'size', type: 'integer', owner: 'order', place: 'query' }, 'The most results on a page.'],
    [{ name: 'size', type: 'integer', place: 'query' }, undefined],
    [{ name: '$filter', type: 'string', place: 'query' }, 'Which results to return, as an expression.'],
    [{ name: 'sentOn' }, 'When it was sent.'],
    [{ name: 'expires_at' }, 'When it expires.'],
    [{ name: 'invoice_paid_at' }, 'When the invoice was paid.'],
    [{ name: 'is_active' }, 'Whether it is active.'],
    [{ name: 'isEnabled', owner: 'user' }, 'Whether the user is enabled.'],
    [{ name: 'has_more' }, 'Whether there are more results.'],
    [{ name: 'can_edit' }, 'Whether it can edit.'],
    [{ name: 'include_stats' }, 'Whether to include stats.'],
    [{ name: 'notify_user', type: 'boolean' }, 'Whether to notify user.'],
    [{ name: 'archived', type: 'boolean' }, 'Whether it is archived.'],
    [{ name: 'email_verified', type: 'boolean' }, 'Whether the email is verified.'],
    [{ name: 'updated_by' }, 'Who updated it.'],
    [{ name: 'customer_id' }, 'The ID of the customer.'],
    [{ name: 'customerIds' }, 'The IDs of the customers.'],
    [{ name: 'id', owner: 'order' }, 'The ID of the order.'],
    [{ name: 'id' }, undefined],
    [{ name: 'custom_id', owner: 'component' }, 'The custom ID of the component.'],
    [{ name: 'externalId' }, 'The external ID.'],
    [{ name: 'exclude_ended' }, 'Whether to exclude what is ended.'],
    [{ name: 'include_deleted', type: 'boolean' }, 'Whether to include what is deleted.'],
    [{ name: 'apiKey', owner: 'book series' }, 'The key that the API knows you by.'],
    [{ name: 'html_url' }, 'The address of the page.'],
    [{ name: 'referenceNumber', owner: 'reference' }, undefined],
    [{ name: 'orderState', owner: 'order', choices: ['open', 'paid'] }, 'The order state: open or paid.'],
    [{ name: 'total_order_count', type: 'integer' }, 'The total number of orders.'],
    [{ name: 'active_count', type: 'integer' }, 'How many are active.'],
    [{ name: 'count_count', type: 'integer' }, undefined],
    [{ name: 'taxId', owner: 'customer' }, 'The tax ID of the customer.'],
    [{ name: 'customer_tax_id' }, 'The tax ID of the customer.'],
    [{ name: 'GlobalTeamID' }, 'The global ID of the team.'],
    [{ name: 'parent_id', owner: 'department' }, 'The ID of the parent department.'],
    [{ name: 'ServiceSid' }, 'The SID of the service.'],
    [{ name: 'multiValued', type: 'boolean' }, 'Whether it is multi-valued.'],
    [{ name: 'is_email_verified' }, 'Whether the email is verified.'],
    [{ name: 'is_default_address' }, 'Whether this is a default address.'],
    [{ name: 'is_admin', owner: 'user' }, 'Whether the user is an admin.'],
    [{ name: 'DateTime', owner: 'game', place: 'property' }, 'The date and time of the game.'],
    [{ name: 'has_next' }, 'Whether there is a next page.'],
    [{ name: 'page_number', type: 'integer', place: 'list' }, 'The number of the page.'],
    [{ name: 'page_number', type: 'integer', place: 'query' }, 'The number of the page to return.'],
    [{ name: 'item_count', type: 'integer' }, 'The number of items.'],
    [{ name: 'num_order_items' }, 'The number of order items.'],
    [{ name: 'callback_url' }, 'The address of the callback.'],
    [{ name: 'email', owner: 'customer' }, 'The e-mail address of the customer.'],
    [{ name: 'billing_email' }, 'The billing e-mail address.'],
    [{ name: 'status', owner: 'order', choices: ['open', 'paid'] }, 'The status of the order: open or paid.'],
    [{ name: 'name', owner: 'order' }, 'The name of the order.'],
    [{ name: 'order_name', owner: 'order name' }, undefined],
    [{ name: 'q' }, 'The text to search for.'],
    [{ name: 'limit', type: 'integer' }, 'The most results to return.'],
    [{ name: 'next' }, 'The next page of results.'],
    [{ name: 'since' }, 'The time from which on results are returned.'],
    [{ name: 'total', type: 'number', place: 'property', owner: 'invoice' }, 'The total of the invoice.'],
    [{ name: 'total', type: 'integer', place: 'list' }, 'How many there are in all.'],
    [{ name: 'offset', type: 'integer', place: 'property' }, undefined],
    [{ name: 'top', type: 'object', place: 'property' }, undefined],
    [{ name: 'sourceUri', type: 'object', place: 'property' }, undefined],
    [{ name: 'date_from', place: 'query' }, 'The start of the period.'],
    [{ name: 'endDate', place: 'query' }, 'The end of the period.'],
    [{ name: 'end_date', place: 'property', owner: 'project' }, 'The end date of the project.'],
    [{ name: 'created_after', place: 'query' }, 'Only what was created after this time.'],
    [{ name: 'updatedBefore', place: 'query' }, 'Only what was updated before this time.'],
    [{ name: 'format', place: 'query', choices: ['json', 'xml'] }, 'The format of the answer: json or xml.'],
    [{ name: 'DKIMTestValue', owner: 'domain' }, 'The DKIM test value of the domain.'],
    [{ name: 'project_gid' }, 'The ID of the project.'],
    [{ name: 'direction', place: 'query', owner: 'order' }, undefined],
    [{ name: 'lat', owner: 'place' }, 'The latitude of the place.'],
    [{ name: 'at_optimal_time', owner: 'schedule' }, undefined],
    [{ name: 'shipping_method' }, undefined],
    [{ name: 'constructor' }, undefined],
    [{ name: '__proto__' }, undefined],
    [{ name: '$' }, undefined],
  ];
  for (const [field, expected] of rows) {
    it(`${field.name}${field.owner === undefined ? '' : ` of ${field.owner}`}: ${expected}`, () =>
      expect(describeField(field)).to.equal(expected));
  }

  const owners: [string, string | undefined][] = [
    ['OrderResponse', 'order'],
    ['orders', 'order'],
    ['CreateOrderRequest', 'order'],
    ['shipping_addresses', 'shipping address'],
    ['data', undefined],
    ['inline_response_200', undefined],
    ['ForecastDay', 'forecast day'],
    ['EntryDetailsElement', 'entry'],
    ['reportsWebsiteItem', undefined],
    ['CategoryVO', 'category'],
    ['Shop.ApiResult_System.Collections.List_Shop.Article', undefined],
    ['__proto__', 'proto'],
    ['', undefined],
  ];
  for (const [name, owner] of owners) it(`${name} is of ${owner}`, () => expect(ownerFromName(name)).to.equal(owner));

  it('falls back to the label, in a sentence', () => {
    const anyway = (name: string) => describeFieldAnyway({ name }, titleCase(name));
    expect(anyway('shipping_method')).to.equal('The shipping method.');
    expect(anyway('the_xero_user')).to.equal('The Xero user.');
    expect(anyway('from')).to.equal('The value of "From".');
    expect(anyway('has_')).to.equal('The value of "Has".');
    expect(anyway('all')).to.equal('The value of "All".');
    const choices = ['air', 'sea'];
    expect(describeFieldAnyway({ name: 'route', choices }, 'Route')).to.equal('The route: air or sea.');
  });

  it('takes the frame of an answer for what it is', () => {
    expect(isFrameOfAnswer('LicenseeResponse', 'code')).to.equal(true);
    expect(isFrameOfAnswer('LicenseeResponse', 'name')).to.equal(false);
    expect(isFrameOfAnswer('Licensee', 'code')).to.equal(false);
  });
});
