/**
 * The time zone in which a tariff's clock restrictions are judged. A CDR does not carry one (OCPI 2.2.1, 10.4.4), so without the location
 * it is stated by the caller, taken from what some send along, or guessed from the country, and then called a guess.
 */
import type { ChargeZone } from '../../../shared/domain/tariff/charge.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import { ToolError } from '../tool-definition.ts';

const UNREADABLE = 2;

/** Countries with one zone, or one for nearly all who charge there: ISO 3166 in two letters and three, and the zone. */
const ZONES = `
  AD AND Europe/Andorra, AE ARE Asia/Dubai, AL ALB Europe/Tirane, AT AUT Europe/Vienna, BA BIH Europe/Sarajevo, BE BEL Europe/Brussels,
  BG BGR Europe/Sofia, CH CHE Europe/Zurich, CN CHN Asia/Shanghai, CY CYP Asia/Nicosia, CZ CZE Europe/Prague, DE DEU Europe/Berlin,
  DK DNK Europe/Copenhagen, EE EST Europe/Tallinn, ES ESP Europe/Madrid, FI FIN Europe/Helsinki, FR FRA Europe/Paris,
  GB GBR Europe/London, GR GRC Europe/Athens, HR HRV Europe/Zagreb, HU HUN Europe/Budapest, IE IRL Europe/Dublin,
  IL ISR Asia/Jerusalem, IN IND Asia/Kolkata, IS ISL Atlantic/Reykjavik, IT ITA Europe/Rome, JP JPN Asia/Tokyo, KR KOR Asia/Seoul,
  LI LIE Europe/Vaduz, LT LTU Europe/Vilnius, LU LUX Europe/Luxembourg, LV LVA Europe/Riga, MC MCO Europe/Monaco,
  MD MDA Europe/Chisinau, ME MNE Europe/Podgorica, MK MKD Europe/Skopje, MT MLT Europe/Malta, NL NLD Europe/Amsterdam,
  NO NOR Europe/Oslo, PL POL Europe/Warsaw, PT PRT Europe/Lisbon, RO ROU Europe/Bucharest, RS SRB Europe/Belgrade,
  SE SWE Europe/Stockholm, SG SGP Asia/Singapore, SI SVN Europe/Ljubljana, SK SVK Europe/Bratislava, TR TUR Europe/Istanbul,
  UA UKR Europe/Kyiv, ZA ZAF Africa/Johannesburg`
  .split(',')
  .map((line) => line.trim().split(' '));

/** @throws ToolError where a stated zone is none */
export function chooseZone(
  stated: string | undefined,
  record: { readonly zone: string | undefined; readonly country: string | undefined },
): ChargeZone {
  if (stated !== undefined) {
    if (openLocalTime(stated) !== undefined) return { zone: stated, basis: 'stated' };
    throw new ToolError(
      'zone-unknown',
      `“${stated}” is no time zone. Write one of the IANA list, such as Europe/Berlin.`,
      UNREADABLE,
    );
  }
  if (record.zone !== undefined && openLocalTime(record.zone) !== undefined)
    return { zone: record.zone, basis: 'location' };
  const country = record.country?.toUpperCase() ?? '';
  const known = ZONES.find((words) => words.slice(0, 2).includes(country));
  return { zone: known?.[2] ?? 'UTC', basis: 'guessed' };
}
