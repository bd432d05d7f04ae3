"""States of tracked projects, as reports word them."""

import re

_STATES = (
    ("not_reported", r"(?:chưa|không) báo cáo"),
    ("unknown", r"chưa xác định"),
    ("reschedule_proposed", r"đề xuất (?:điều chỉnh|lùi|giãn|chuyển)"),
    ("rescheduled", r"điều chỉnh|lùi|giãn tiến độ|chuyển sang"),
    ("behind", r"(?:không|chưa) (?:hoàn thành|đạt)|chậm|vướng mắc"),
    ("ahead", r"vượt"),
    ("on_target", r"hoàn thành (?:mục tiêu|kế hoạch|tiến độ)|đạt (?:mục tiêu|tiến độ|kế hoạch)"),
    ("essentially_done", r"cơ bản hoàn thành"),
    ("done", r"khánh thành|hoàn thành|đưa vào (?:sử dụng|vận hành|hoạt động)"),
)


def state(words: str) -> str:
    """Give the state that folded words after a count tell, empty where they tell none."""
    return next((name for name, pattern in _STATES if re.search(pattern, words)), "")
