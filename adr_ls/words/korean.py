"""The words of Korean."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
KOREAN = Language(
    "Korean",
    codes=("ko", "kr"),
    statuses={
        "draft": ("초안",),
        "proposed": ("제안", "제안됨", "검토 중", "검토중", "논의 중", "보류", "보류됨", "보류 중", "연기", "연기됨"),
        "accepted": ("승인", "승인됨", "채택", "채택됨", "수락됨", "수락", "확정", "결정됨", "적용됨", "완료", "완료됨"),
        "rejected": ("거부", "거부됨", "기각", "미채택", "채택 안 함", "반려", "반려됨"),
        "deprecated": ("폐기", "폐기됨"),
        "superseded": ("대체", "대체됨"),
    },
    sections={
        "status": ("상태",),
        "context": ("맥락", "배경", "컨텍스트", "문맥", "문제", "배경 및 문제", "상황"),
        "decision": ("결정", "결정 사항"),
        "consequences": ("결과", "영향"),
        "alternatives": ("대안", "고려한 대안", "검토한 대안"),
        "references": ("참고", "참고 자료"),
        "title": ("제목",),
        "metadata": ("메타데이터",),
        "changelog": ("변경 이력", "이력"),
    },
    fields={
        "status": ("상태",),
        "date": ("날짜", "일자", "작성일", "결정일", "생성일", "최초 작성일", "제안일", "승인일", "발행일", "기록일"),
        "author": ("작성자",),
        "title": ("제목",),
        "governs": ("적용 대상", "적용 범위", "영향 범위", "대상 파일"),
    },
    after={
        "superseded_by": ("로 대체", "으로 대체", "에 의해 대체", "에 의해 폐기"),
        "supersedes": ("를 대체", "을 대체"),
        "amends": ("를 수정", "을 수정"),
        "amended_by": ("에 의해 수정",),
    },
    states=("상태",),
    records=("결정", "기록", "결정 기록", "의사결정", "의사결정 기록"),
    names=("아키텍처 결정 기록", "아키텍처 의사결정 기록", "아키텍처 결정", "설계 결정 기록", "기술 결정 기록"),
    remaining=("기타",),
    itself=("이 adr은", "이 adr", "이 결정은", "본 결정은", "본 문서는"),
    archives=("보관", "변경 이력", "이력", "릴리스 노트"),
    drafts=("초안",),
    in_part=("부분적으로", "일부"),
    none=("없음", "않", "아니", "없"),
    nothing=("없음", "해당 없음", "해당없음"),
    conditions=("되면", "경우"),
    optional=("선택 사항", "(선택)"),
    fillers=("은", "는", "이", "가"),
    listing=("와", "과", "및", "참고"),
    examples=("예를 들어",),
    vacant=("은 예약", "는 예약", "예약됨", "은 삭제", "는 삭제", "삭제됨", "미작성", "결번"),
    addenda=("부록", "별첨", "부속", "추록"),
)
