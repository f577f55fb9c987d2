"""Names of months and weekdays in many languages, as programs write them."""

from typing import Final

from kinship.model import names

_MONTHS: Final = (
    "january jan januar janner jaen jän janvier janv enero ene gennaio gen januari janeiro stycznia"
    " styczen sty ledna leden led ocak oca ianuarie ian tammikuuta tammi января янв січня",
    "february feb februar februari fevrier fevr fev février febrero febbraio fevereiro februarie"
    " februarij lutego luty lut unora unor uno subat sub helmikuuta helmi февраля фев февр лютого",
    "march mar marz mrz maerz mars marzo maart mrt marco martie marts marca marzec brezna brezen bre"
    " mart maaliskuuta maalis марта мар березня",
    "april apr avril avr abril abr aprile aprilie kwietnia kwiecien kwi dubna duben dub nisan nis"
    " huhtikuuta huhti апреля апр квітня",
    "may mai mayo maggio mag mei maio maj maja kvetna kveten kve mayis toukokuuta touko мая май травня",
    "june jun juni juin junio giugno giu junho iunie iun czerwca czerwiec cze cervna cerven cvn"
    " haziran haz kesakuuta kesa июня июн червня",
    "july jul juli juillet juil julio luglio lug julho iulie iul lipca lipiec lip cervence cervenec cvc"
    " temmuz tem heinakuuta heina июля июл липня",
    "august aug aou aout août agosto ago augustus augusti sierpnia sierpien sie srpna srpen srp agustos agu"
    " agustus elokuuta elo августа авг серпня",
    "september sep sept septembre septiembre setiembre settembre set setembro septembrie wrzesnia"
    " wrzesien wrz zari zar eylul eyl syyskuuta syys сентября сен сент вересня",
    "october oct oktober okt octobre octubre ottobre ott outubro out octombrie pazdziernika"
    " pazdziernik paz rijna rijen rij ekim eki lokakuuta loka октября окт жовтня",
    "november nov novembre noviembre novembro noiembrie noi listopada listopad lis listopadu kasim"
    " kas marraskuuta marras ноября ноя нояб листопада",
    "december dec dezember dez decembre diciembre dic dicembre dezembro decembrie desember des"
    " grudnia grudzien gru prosince prosinec pro aralik ara joulukuuta joulu декабря дек грудня",
)
MONTH_OF: Final = {
    names.fold(word): number for number, listed in enumerate(_MONTHS, 1) for word in listed.split()
}
_WEEKDAYS: Final = (
    "monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday sat sunday sun",
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miercoles jueves viernes sabado domingo",
    "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "segunda terca quarta quinta sexta",
    "mandag tirsdag onsdag torsdag fredag lordag sondag mandag tisdag lordag sondag",
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela",
    "pondeli utery streda ctvrtek patek nedele",
    "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    "понедельник вторник среда четверг пятница суббота воскресенье",
    "pazartesi sali carsamba persembe cuma cumartesi pazar",
)
WEEKDAYS: Final = frozenset(names.fold(word) for listed in _WEEKDAYS for word in listed.split())
