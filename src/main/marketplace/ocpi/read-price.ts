/** What a party states as a price, as 2.2.1 or 2.3.0 says it: the amounts' own decimals. Pure. */
import type { StatedPrice } from '../../../shared/domain/marketplace/charge-record.ts';
import { add, exactOf, toShortText } from '../../../shared/kernel/exact.ts';
import { decimalText, optionalText, type Texted } from '../../marketplace-link/wire/v1/decimal-text.ts';
import type { WirePrice } from '../../marketplace-link/wire/v1/ocpi-objects.ts';

/** No tax that is named is not a tax of nothing: the gross is then unknown. */
export function readPrice(wire: Texted<WirePrice>): StatedPrice {
  if ('excl_vat' in wire) return { net: decimalText(wire.excl_vat), gross: optionalText(wire.incl_vat) };
  const net = decimalText(wire.before_taxes);
  if (wire.taxes === undefined || wire.taxes.length === 0) return { net, gross: undefined };
  const gross = wire.taxes.reduce((total, tax) => add(total, exactOf(decimalText(tax.amount))), exactOf(net));
  return { net, gross: toShortText(gross) };
}
