"""What people are called for short: Bob is Robert, Kasia is Katarzyna. Folded names only."""

from functools import cache
from typing import Final

# Each line is one given name: its spellings, and what is said for short. A short name may be of
# several (Alex); the names it is short for are still different people's.
_GIVEN: Final = """
abigail abby abbie gail
abraham abe bram
adelaide addie heidi
albert al bert albie
alexander alex al sandy sasha xander aleksandr alexandre alessandro alejandro aleksander
alexandra alex sandra sandy sasha lexi alexandria
alfred alf fred alfie
alice ali
alison allison ali
amanda mandy
andrea andi
andrew andy drew andre andreas anders andrei andrej andrzej andres
angela angie
anna ann anne annie nan hannah ania anya ana
anthony antony tony antoine anton antonio toni
antonia toni
aleksey alexei alyosha alex
arthur art
barbara barb babs basia
beatrice bea trixie beatrix
benedict ben
benjamin ben benny benji
bernard bernie bernhard
cameron cam
carolyn caroline carol carrie lynn karolina carolina
catherine katherine kathryn cathy kathy kate katie kat kitty katharina katarina katarzyna kasia ekaterina katya kathrin katrin
cecilia cece cissy
charles charlie chuck chas carl karl carlos
charlotte charlie lottie
christian chris kristian
christina christine chris tina chrissy kristina kristine christiane
christopher chris kit topher kristoffer christophe christoph cristobal
clifford cliff
constance connie
cornelius con niels kees
cynthia cindy
daniel dan danny daniil danilo
daniela danielle dani
david dave davey davide dawid
deborah debra deb debbie
dennis denny denis
dmitri dmitry dima mitya dmitriy
dominic dom dominik dominique
donald don donnie
dorothy dot dottie dolly dorothea
douglas doug
edmund ed eddie ned
edward ed eddie ned ted teddy eduard eduardo edouard
edwin ed eddie
eleanor ellie nell nora eleonora
elizabeth elisabeth liz lizzie beth betty eliza elsie lisa libby bess bette elsa elzbieta ela ilse
ellen ellie nell
emanuel manuel manny emmanuel manu
emily em emmy emilia
eric erik erich rick
ernest ernie ernst
eugene gene evgeny evgeni yevgeny zhenya
evelyn eve evie
florence flo florrie
frances fran fanny frankie franziska franzi francesca
francis frank franz francois francisco paco francesco pancho
franklin frank
frederick fred freddie fritz friedrich frederic fredrik federico
gabriel gabe
gabriela gabrielle gabi gaby
geoffrey jeffrey geoff jeff
george georg jorge giorgio jerzy yuri jurgen
gerald jerry gerry
gerard gerhard gerry gerd
gertrude trudy gerti
gilbert gil bert
giovanni gianni john
giuseppe beppe peppe joseph
gregory greg gregor grzegorz grisha
gunther gunter
guillermo memo william
harold hal harry
heinrich heinz henry
helen helena nell elena lena
henry harry hank hal henri henrik hendrik enrique
howard howie
hugh hugo huey
ignacio nacho
irene rena irina ira
isaac ike
isabella isabel isabelle bella izzy belle
jacob jake jakob jacques kuba jakub
jacqueline jackie
james jim jimmy jamie jem
jane jean jenny janie joan janet jeanne
janet jan
jennifer jen jenny jenn
jeremy jeremiah jerry jem
jesus chuy
jessica jess jessie
joanna johanna jo joanne hanna asia
johannes hannes hans john jan johann joannes
john jack johnny jon jean juan joao ivan
jonathan jon johnny jonny nathan
joseph joe joey josef jose pepe jozef giuseppe
joshua josh
josephine jo josie
judith judy jude
julia julie jules giulia yulia
julian jules julien
kenneth ken kenny
kimberly kim
konstantin kostya constantine
laura laurie lora
laurence lawrence larry laurie lars lorenz lorenzo laurent
leonard leo len lenny leonardo leonhard
leopold leo poldi
leslie les
lewis louis lou louie ludwig luis luigi lutz
lillian lily lil
louise lou luisa louisa
lucas luke luca lukas lucas luc
lucy lucia lucie
lydia lyddie
lyudmila ludmila mila luda
magdalena magda lena
malgorzata gosia margaret
marcus mark marc marco marek markus marcos
margaret maggie meg peg peggy marge margie greta rita daisy margot gretchen margarita margarete
maria mary marie mariya masha mia maja miriam molly polly mimi
martha marty patty
martin marty martijn marcin
martina tina
mary molly polly mae may mamie maria marie
matilda tilly mattie maud mathilde mathilda
matthew matt matty matthias mathias mateusz matteo mateo matthieu
maurice moritz mo maury mauricio
maximilian max maxi
maxwell max
melissa mel missy lissa
michael mike mick mickey mitch micky mikhail misha michel miguel mikael michal michele mikkel
michelle shelly
mohammed muhammad mohamed mohammad mehmet mo mohamad muhammed
nancy nan
natalia natalie nat natasha natalya nathalie
nathaniel nathan nate nat
nicholas nick nicky nicolas nikolaus klaus niko nikolai kolya niklas nicola nico mikolaj
nicole nicky nikki
oliver ollie olly olivier
olivia liv livvy
pamela pam
patricia pat patty tricia trish patrizia
patrick pat paddy patrik
paul pablo paolo pavel pawel pasha
penelope penny
peter pete pedro pierre piotr petr pyotr petya piet pietro
philip phillip phil pip philipp philippe felipe filip
priscilla cilla prissy
rachel rachael rach
ralph rafe rolf
raymond ray raimund ramon
rebecca becky becca bex rebekka
regina gina
reginald reg reggie
richard rick rich dick ricky richie ricardo ryszard
robert bob rob bobby robbie bert roberto robin
roderick rod rick
rodney rod
roger rog ruediger rudiger
roland rollo
ronald ron ronnie
rosemary rose rosie
rudolf rudi rudy rudolph
russell russ
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sebastian seb bastian basti sebastien
sergei sergey serge sergio seryozha
sigmund sig ziggy siegmund
simon sim simeon
sofia sophia sophie sofie zofia sonya
solomon sol
stanley stan
stanislaw stan staszek stanislav
stephen steven steve stefan stephan stevie esteban szczepan stephane
stephanie steph stefanie steffi
stuart stewart stu
susan susanne sue susie suzy suzanne susanna zuzanna
sylvester sly silvester
sylvia silvia
terence terry terrence
teresa theresa terry tess tessa therese
theodore ted teddy theo theodor fyodor fedor
thomas tom tommy tomas tommaso tomasz thom
timothy tim timmy timotheus
ursula uschi ulla
valentina valya tina
valerie val
vera veronika
veronica ronnie vroni veronique
victor vic vick viktor vittorio
victoria vicky tori vicki viktoria
vincent vince vinny vicente vincenzo
virginia ginny ginger
vladimir vlad volodya vova wladimir
vyacheslav slava
walter walt wally
wilhelm willi willy will bill
wilhelmina mina minnie willa wilma
william bill will billy willy liam willie wilhelm guillaume willem
winifred win winnie freda
yevgenia zhenya evgenia
zachary zach zack zak zac
"""


@cache
def _lines() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_GIVEN.split("\n")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same(one: str, other: str) -> bool:
    """Whether one given name is said for the other."""
    lines = _lines()
    return one in lines and other in lines and not lines[one].isdisjoint(lines[other])


@cache
def spellings(name: str) -> list[str]:
    """The given names that this one may stand for, itself left out."""
    numbers = _lines().get(name)
    if not numbers:
        return []
    return sorted(other for other, own in _lines().items() if own & numbers and other != name)
