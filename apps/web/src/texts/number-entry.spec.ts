import { readNumber } from './number-entry.ts';

describe('reading a number that a person typed', () => {
  it.each([
    ['0', '0'],
    ['551', '551'],
    ['007', '7'],
    ['91,5', '91.5'],
    ['91.5', '91.5'],
    ['76,80', '76.80'],
    ['0,125', '0.125'],
    ['0.125', '0.125'],
    ['1234,567', '1234.567'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['1.234.567,89', '1234567.89'],
    ['1 234', '1234'],
    ['1 234,567', '1234.567'],
    ['  693 ', '693'],
    ['123456789012345678901234567890,1', '123456789012345678901234567890.1'],
  ])('%s is %s', (typed, value) => {
    expect(readNumber(typed)).toEqual({ kind: 'number', value });
  });

  it.each([
    ['1.234', '1234', '1.234'],
    ['1,234', '1234', '1.234'],
    ['28.832', '28832', '28.832'],
    ['010.500', '10500', '10.500'],
  ])('%s is asked, not guessed', (typed, thousands, fraction) => {
    expect(readNumber(typed)).toEqual({ kind: 'ambiguous', thousands, fraction });
  });

  it('an empty field is empty, not zero', () => {
    expect(readNumber('   ')).toEqual({ kind: 'empty' });
  });

  it.each([
    '-5',
    '1.23.4',
    '1,2,3',
    '1..2',
    ',5',
    '5,',
    '12e3',
    '#DIV/0!',
    'tiga',
    '1.234,567,8',
    '1 23',
    '٣',
  ])('%s is not a number', (typed) => {
    expect(readNumber(typed)).toEqual({ kind: 'invalid' });
  });
});
