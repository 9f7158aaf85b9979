"""The text of a published list: what was written before it had types is read and written the same."""

from candidates.models import FormalList, PublishedLine

LIST = (
    '{"candidates":[{"age":36,"education":"大专","name":"王芳","office":"chair","party":"中共党员",'
    '"present_post":"委员","sex":"女"},'
    '{"age":null,"education":"","name":"李明","office":"member","party":"","present_post":"","sex":"男"}]}'
)


def test_a_list_comes_back_as_it_was_posted():
    formal = FormalList(snapshot=LIST)
    assert formal.candidates == [
        PublishedLine("chair", "王芳", "女", 36, "中共党员", "大专", "委员"),
        PublishedLine("member", "李明", "男"),
    ]
    assert FormalList.text_of(formal.candidates) == LIST


def test_a_list_of_nobody():
    assert FormalList.text_of(FormalList(snapshot='{"candidates":[]}').candidates) == '{"candidates":[]}'
