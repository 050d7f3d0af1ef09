"""The words of Japanese."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
JAPANESE = Language(
    "Japanese",
    statuses={
        "draft": ("下書き", "ドラフト"),
        "proposed": ("提案", "提案中", "提案済み", "検討中", "レビュー中", "保留"),
        "accepted": ("承認", "承認済み", "承認済", "採用", "採用済み", "決定", "決定済み", "採択", "有効", "実装済み"),
        "rejected": ("却下", "不採用"),
        "deprecated": ("非推奨", "廃止"),
        "superseded": ("置き換え", "置き換え済み", "置換済み", "置換"),
    },
    sections={
        "status": ("ステータス", "状態"),
        "context": ("コンテキスト", "背景", "文脈", "背景と課題", "課題", "コンテキストと課題", "背景・課題", "背景とコンテキスト"),
        "decision": ("決定", "決定事項", "決定内容"),
        "consequences": ("結果", "影響", "帰結", "結果と影響", "影響範囲", "トレードオフ"),
        "alternatives": ("代替案", "検討した選択肢", "検討した代替案", "選択肢", "検討案", "他の選択肢"),
        "rationale": ("理由", "根拠", "決定理由", "採用理由"),
        "references": ("参考", "参考資料", "参照"),
        "title": ("タイトル",),
    },
    fields={
        "status": ("ステータス", "状態"),
        "date": ("日付", "決定日"),
        "author": ("作成者", "著者"),
        "deciders": ("決定者", "意思決定者"),
        "title": ("タイトル",),
    },
    states=("ステータス",),
    drafts=("下書き", "ドラフト"),
    none=("なし", "無し"),
    nothing=("なし", "無し", "該当なし", "特になし"),
    optional=("（任意）", "(任意)"),
    examples=("例えば",),
    vacant=("は予約済み", "予約済み", "は未作成", "未作成", "は欠番", "欠番", "は削除", "削除済み", "は存在しない", "存在しない"),
)
