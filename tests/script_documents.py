"""One paragraph in each script that is shaped: a figure in bold, a link over the end of a line, a foreign name."""

from dataclasses import replace
from typing import Any

from reports.document import Document, Paragraph, Run
from reports.house import House
from tests.pdf_documents import made_of
from tests.tools import house_style

LINK = "https://example.org/a"

TITLES = {"ar": "موجز", "he": "תדריך", "hi": "संक्षेप", "th": "สรุป", "zh": "简介"}
# By language: the words before the figure, the figure, those before the link, the link, those after it.
SENTENCES = {
    "ar": (
        "بلغ حجم التبادل التجاري بين جمهورية كازاخستان ودوقية لوكسمبورغ الكبرى ", "13.6 مليون دولار",
        " في الفترة من يناير إلى أغسطس من عام 2025، وأكد الجانبان مرة أخرى ",
        "أهمية الاتفاقية الخاصة بتشجيع الاستثمارات وحمايتها المتبادلة بين البلدين الصديقين", " وفق بيان ",
    ),
    "he": (
        "היקף הסחר בין הרפובליקה של קזחסטן לדוכסות הגדולה לוקסמבורג הסתכם ב־", "13.6 מיליון דולר",
        " בחודשים ינואר–אוגוסט 2025, והצדדים אישרו את ",
        "ההסכם לעידוד ולהגנה הדדית על השקעות בין שתי המדינות החתום", " לפי הודעת ",
    ),
    "hi": (
        "कज़ाख़स्तान गणराज्य और लक्ज़मबर्ग के बीच व्यापार जनवरी–अगस्त 2025 में ", "13.6 मिलियन अमेरिकी डॉलर",
        " रहा, और राष्ट्राध्यक्षों ने अस्ताना में हुई वार्ता के दौरान एक बार फिर ",
        "निवेश के पारस्परिक संरक्षण और संवर्धन संबंधी समझौते के अनुच्छेद के महत्त्व",
        " की पुष्टि की; श्रृंखला −₹5 → क्षेत्रीय विद्यार्थियों तक: ",
    ),
    "th": (
        "มูลค่าการค้าระหว่างสาธารณรัฐคาซัคสถานกับราชรัฐลักเซมเบิร์กในช่วงเดือนมกราคมถึงสิงหาคม 2568 อยู่ที่ ",
        "13.6 ล้านดอลลาร์สหรัฐ", " และทั้งสองฝ่ายยืนยันความสำคัญของ",
        "ความตกลงว่าด้วยการส่งเสริมและคุ้มครองการลงทุนซึ่งกันและกันระหว่างสองประเทศ",
        "ตามแถลงการณ์ (−4.8%) รวมถึงน้ำมันและที่ดิน ",
    ),
    "zh": (
        "2025年1月至8月，哈萨克斯坦与卢森堡的贸易额为", "1360万美元",
        "，双方在阿斯塔纳举行的双边会谈期间再次确认了两国政府于一九九八年签署的",
        "《关于促进和相互保护投资的协定》以及其他一系列经贸合作文件", "的重要性，同比增长4.8%；双方感谢 ",
    ),
}  # fmt: skip
NAMES = {"zh": Run("محمد بن سلمان", language="ar", isolated=True)}
NAME = Run("European Commission", language="en", isolated=True)
ENDS = {"hi": "।", "zh": "。"}


def paragraph(language: str) -> Paragraph:
    """The paragraph in a language."""
    before, figure, middle, link, after = SENTENCES[language]
    end = ENDS.get(language, ".")
    value = Run(figure, strong=True, isolated=True)
    return Paragraph(
        (Run(before), value, Run(middle), Run(link, link=LINK), Run(after), NAMES.get(language, NAME), Run(end))
    )


def document(language: str) -> Document:
    """A document in a language with that paragraph alone."""
    whole = made_of(paragraph(language), title=TITLES[language], language=language)
    return replace(whole, direction="rtl") if language in ("ar", "he") else whole


def mixed() -> Document:
    """All the paragraphs in one document in English."""
    return made_of(*map(paragraph, SENTENCES))


def justified() -> House:
    """The house style with running text that fills its lines."""
    house = house_style()
    changes: dict[str, Any] = {"Normal": replace(house.theme.styles["Normal"], alignment="justify")}
    return replace(house, theme=replace(house.theme, styles={**house.theme.styles, **changes}))
