"""Numbers, years, dates and personal numbers as people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.monitoring.dates import read_date
from analysis.intake.monitoring.numbers import Refused, read_number, read_whole, read_year
from analysis.intake.monitoring.personal_data import personal_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [(12, 12.0), (38.9, 38.9), ("1234", 1234.0), (" 12.5 ", 12.5), ("-3.2", -3.2), ("+4", 4.0), ("0", 0.0), (0, 0.0), (-0.5, -0.5)],
)
def test_plain_numbers_are_read(typed: object, number: float) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("1,234", "改为1234"),
        ("1，234", "改为1234"),
        ("12,345,678.5", "改为12345678.5"),
        ("12%", "改为12"),
        ("12.5％", "改为12.5"),
        ("１２", "改为12"),
        ("三十", "改为30"),
        ("一百零五", "改为105"),
        ("两千二百二十八", "改为2228"),
        ("一万二千", "改为12000"),
        ("−5", "改为-5"),
        ("12人", "改为12"),
        ("1.2e3", "改为1200"),
        ("约30", "查明确切数后填数字；如就是30，改为30，并在“数据状态”选“估算”"),
        ("30左右", "查明确切数后填数字；如就是30，改为30，并在“数据状态”选“估算”"),
        (">30", "查明确切数后填数字；如就是30，改为30，并在“数据状态”选“估算”"),
        ("3万", "按本行单位换算后只填数字"),
        ("20-30", "填一个数字，说明写在备注"),
        ("1,23", "填一个数字，说明写在备注"),
        ("正在统计", "填一个数字，说明写在备注"),
    ],
)
def test_other_spellings_are_refused_with_what_they_probably_mean(typed: str, action: str) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused)
    assert refused.found == typed
    assert refused.action == action


@pytest.mark.parametrize("typed", ["无", "—", "-", "--", "暂无", "n/a", "N/A", "NA", "nan", "／", "/", "空", "待定", "——", "……", "NULL"])
def test_words_for_nothing_are_told_to_leave_the_cell_empty(typed: str) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused) and "留空" in refused.action and "不是0" in refused.action


@pytest.mark.parametrize("typed", [float("nan"), float("inf"), float("-inf"), "inf", "-Infinity", 10**400, -(10**400)])
def test_numbers_without_end_are_refused(typed: object) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused) and refused.expected == "有限的数" and len(refused.found) < 10


@pytest.mark.parametrize(
    "typed", ["9" * 41, "一" * 5000, "一" + "亿" * 600, "1.2.3e5" + " " * 40 + "x", "1" * 100_000 + "e5", "约" + "3" * 60]
)
def test_what_is_longer_than_any_number_gets_a_short_answer(typed: str) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused)
    assert refused.found == f"{typed[:20]}…（{len(typed):,}个字符）" and refused.expected == "不超过40个字符的数字"
    assert refused.action == "填一个数字，说明写在备注"


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("1.2.3e5", "填一个数字，说明写在备注"),
        ("1e99999999", "填一个数字，说明写在备注"),
        ("1e-99", "填一个数字，说明写在备注"),
        ("1e39", "改为1" + "0" * 39),
        ("1e40", "填一个数字，说明写在备注"),
        ("一" + "亿" * 39, "填一个数字，说明写在备注"),
        ("一千万亿", "改为1000000000000000"),
        ("二千万亿", "填一个数字，说明写在备注"),
    ],
)
def test_no_advice_is_a_monster(typed: str, action: str) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused) and refused.action == action


def test_forty_digits_are_a_number() -> None:
    assert read_number("9" * 40) == 1e40


def test_a_percentage_without_measure_is_refused() -> None:
    refused = read_number(1e308, percent_format=True)
    assert isinstance(refused, Refused) and len(refused.action) < 40


@pytest.mark.parametrize(
    ("typed", "found"), [(True, "TRUE"), (False, "FALSE"), (datetime.datetime(2023, 5, 1), "日期"), (datetime.time(8), "时间")]
)
def test_truth_values_and_dates_are_no_numbers(typed: object, found: str) -> None:
    refused = read_number(typed)
    assert isinstance(refused, Refused) and found in refused.found


def test_percent_formatted_cell_is_refused_with_what_it_shows() -> None:
    refused = read_number(0.069, percent_format=True)
    assert isinstance(refused, Refused)
    assert "显示为6.9%" in refused.found and "0.069" in refused.found
    assert refused.action == "把格式改为“常规”，再填6.9"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_every_plain_decimal_reads_as_itself(value: object) -> None:
    assert read_number(str(value)) == float(str(value))


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_but_never_raises(text: str) -> None:
    result = read_number(text)
    assert isinstance(result, Refused | float)
    if isinstance(result, float):
        assert text.strip().isascii()


def test_counts_are_whole_and_not_negative() -> None:
    assert read_whole(0) == 0
    assert read_whole("18") == 18
    assert read_whole(10**12) == 10**12
    assert isinstance(read_whole(10**12 + 1), Refused) and isinstance(read_whole("9" * 40), Refused)
    for typed in (-1, 7.5, "7.5"):
        refused = read_whole(typed)
        assert isinstance(refused, Refused) and refused.expected == "不小于0的整数"
    assert isinstance(read_whole("七"), Refused)


@pytest.mark.parametrize(("typed", "year"), [(2023, 2023), (2023.0, 2023), ("2023", 2023)])
def test_years(typed: object, year: int) -> None:
    assert read_year(typed) == year


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("2023年", "改为2023"),
        ("２０２３年度", "改为2023"),
        (datetime.datetime(2023, 1, 1), "把单元格格式改为“常规”，填2023"),
        ("23", "改为四位年份"),
        (23, "改为四位年份"),
        (2023.5, "改为2023"),
        ("2021-2022", "改为四位年份"),
    ],
)
def test_other_years_are_refused(typed: object, action: str) -> None:
    refused = read_year(typed)
    assert isinstance(refused, Refused) and refused.action == action and refused.expected == "四位年份"


@pytest.mark.parametrize(
    "typed", ["2021-12-01", "2021-12-1", "2021/12/1", "2021年12月1日", datetime.datetime(2021, 12, 1, 8), datetime.date(2021, 12, 1)]
)
def test_dates(typed: object) -> None:
    assert read_date(typed) == datetime.date(2021, 12, 1)


@pytest.mark.parametrize(
    "typed", ["2021.12.1", "2021年12月", "2021", 44531, "12/1/2021", "2021-13-01", "2021年2月30日", "去年底", "2021-12/01"]
)
def test_other_dates_are_refused(typed: object) -> None:
    refused = read_date(typed)
    assert isinstance(refused, Refused) and refused.found == str(typed)


MOBILE = "139" + "00001111"
IDENTITY = "110101" + "19900307" + "663"  # no person's: the check character is left to the case


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (MOBILE, "手机号码"),
        (int(MOBILE), "手机号码"),
        (float(MOBILE), "手机号码"),
        (f"联系人{MOBILE}。", "手机号码"),
        ("139 0000 1111", "手机号码"),
        ("139-0000-1111", "手机号码"),
        ("+86 139 0000 1111", "手机号码"),
        ("１３９００００１１１１", "手机号码"),
        (f"{IDENTITY}X", "身份证号码"),
        (f"{IDENTITY}x（本人）", "身份证号码"),
        (f"{IDENTITY}5", "身份证号码"),
        (int(f"{IDENTITY}0"), "身份证号码"),
        ("110101" + "900307" + "663", "身份证号码"),
        ("020-12345678", "电话号码"),
        ("0755-1234567", "电话号码"),
        ("(020)12345678", "电话号码"),
        ("（020）12345678", "电话号码"),
        ("020—12345678", "电话号码"),
        (f"0{MOBILE}", "手机号码"),
        (f"0086{MOBILE}", "手机号码"),
        ("0086 139 0000 1111", "手机号码"),
        ("(+86)139-0000-1111", "手机号码"),
        ("139 000 01111", "手机号码"),
        ("139.0000.1111", "手机号码"),
        ("139_0000_1111", "手机号码"),
        (f"电话.{MOBILE}", "手机号码"),
        (f"{MOBILE}.0", "手机号码"),
        (f"2021年 {MOBILE}", "手机号码"),
        ("2021 139 0000 1111 2022", "手机号码"),
        ("139\u200b00001111", "手机号码"),
        ("139\u00ad0000\u20601111", "手机号码"),
        (f"见https://example.org/a，{MOBILE}", "手机号码"),
        (f"见https://example.org/a {MOBILE}", "手机号码"),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}X", "身份证号码"),
        (f"{IDENTITY[:6]}-{IDENTITY[6:10]}-{IDENTITY[10:14]}-{IDENTITY[14:]} X", "身份证号码"),
        (f"{IDENTITY[:6]}.{IDENTITY[6:14]}.{IDENTITY[14:]}x", "身份证号码"),
        (f"ID{IDENTITY}X", "身份证号码"),
        ("020" + "82345678", "电话号码"),
        ("0755" + "2345678", "电话号码"),
        ("020-1234 5678", "电话号码"),
        ("020.1234.5678", "电话号码"),
        ("联系电话82345678", "电话号码"),
        ("电话：8234 5678", "电话号码"),
        ("联系人张三，8234567", "电话号码"),
        ("Tel: 82345678", "电话号码"),
        ("座机８２３４５６７８", "电话号码"),
        ("手机号82345678。", "电话号码"),
    ],
)
def test_personal_numbers_are_found_and_masked(cell: object, kind: str) -> None:
    found = personal_number(cell)
    assert found is not None
    assert found[0] == kind
    assert found[1].endswith("***") and len(found[1]) == 6 and found[1][:3].isdigit()


@pytest.mark.parametrize(
    "cell",
    [
        None, True, 2228, 38.9, 1.3900001111, 12345678901, "2021-12-01", "穗民〔2021〕3号", "12345热线", "覆盖222个社区", "12900001111",
        "1390000111", "13900001111222", "110101" + "19901307" + "6630", "51440000" + "MJL8675309", datetime.datetime(2021, 12, 1), "2020-20219999",
        "2021-12-01至2022-12-31", "2021-12-01 2022-12-31", "20211201-20221231", "2021.12.01-2022.12.31", "01-02 2021-12-31",
        "越民〔2022〕3号", "穗府办规〔2021〕12号", "0.02833312345", "0.13900001111", "-1.13900001111", 0.02833312345, 13900001111.5, 10**300, 1e300,
        "https://www.example.org/13900001111/02082345678.html", "HTTP://example.org/t20220301_13900001111.html 第2页", "13,900,001,111",
        "联系群众1234567人次", "联系街道2021-12-01", "与民政局联系，20211201起", "电话费1234567.89元", "15.6 18.2 20.3 85", "15.60 18.20 20.3",
        "12345678", "82345678", "2021 2022 2023", "13 900 001 111", "110101" + "19900307" + "66", "91" + "440101" + "MA5ABCDE12", "990101" + "19900307" + "6630",
    ],
    ids=str,
)  # fmt: skip
def test_other_content_is_no_personal_number(cell: object) -> None:
    assert personal_number(cell) is None


@given(
    st.integers(3, 9), st.integers(0, 10**9 - 1), st.sampled_from([(3, 7), (3, 6), (3,), (4, 7), (5,), (7,), ()]),
    st.sampled_from([" ", "-", ".", "  ", " - ", "—", "_", "\u00a0"]), st.sampled_from(["", "+86", "0086 ", "86-", "电话.", "（"]),
)  # fmt: skip
def test_no_grouping_hides_a_mobile_number(second: int, rest: int, cuts: tuple[int, ...], separator: str, before: str) -> None:
    digits = f"1{second}{rest:09}"
    cut = [digits[start:end] for start, end in zip((0, *cuts), (*cuts, 11), strict=True)]
    if separator == "." and len(cut) == 2:
        return  # 138.00138000 is a decimal
    found = personal_number(before + separator.join(cut))
    assert found is not None and found[0] in ("手机号码", "身份证号码") and len(found[1]) == 6


DATES = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31))


@given(
    DATES,
    DATES,
    st.sampled_from(["至", "—", "-", " ", "、", "，"]),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]),
)
def test_no_period_is_a_personal_number(first: datetime.date, last: datetime.date, between: str, form: str) -> None:
    assert personal_number(f"{first.strftime(form)}{between}{last.strftime(form)}") is None


@given(st.integers(0, 10**10 - 1), st.integers(0, 12))
def test_no_amount_below_ten_digits_and_no_decimal_is_a_personal_number(number: int, decimals: int) -> None:
    assert personal_number(number) is None and personal_number(str(number)) is None
    assert personal_number(f"{number % 1000}.{number:0{decimals + 1}}") is None
