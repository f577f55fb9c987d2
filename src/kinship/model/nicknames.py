"""What people are called for short: given names that mean one person, in several languages.

Any two words between commas may be one person's. A short form may stand in several groups: Alex
is Alexander or Alexandra, who are not each other. Folded, as `names.fold` writes them.
"""

from typing import Final

GROUPS: Final = """
abdallah abdullah abdulla, abdelkader abdulkadir abdul, abhishek abhi, abigail abby abbie gail,
abraham abe bram ibrahim avraham, adalbert albert bert adalberto, adelheid heidi adelaide heidrun,
agnes agnieszka aga agi agnese ines, ahmed ahmad ahmet achmed, aisha ayesha aischa aicha ayse,
alan allan allen alain, albert al bert bertie alberto albrecht albie, alexander alex al alec sandy
sascha sasha xander lex alejandro alessandro alexandre aleksander aleksandr aleksandar alexandros
alexandru ale alek olek sandro iskander, alexandra alex sandra sascha sasha lexi alexa alejandra
alessandra aleksandra ale ola, alexei aleksei alexey aleksey alyosha lyosha, alexis alex lexi,
alfred fred alf alfie freddy alfredo, ali aly, alice alicia ali alicja alisa, alison ally ali
allison, amanda mandy manda, amelia amy millie emily, anastasia nastya stacy stasia anastasiya
nastia, andrea andie andreia, andrew andy drew andreas andre andres andrea andrei andrey andrzej
andrej ondrej anders andras andrii andriy, andriy andrew, angela angie angelika angelica ange
angele, anita ana annie, anna ann anne annie ana anja anya anka ania annika anneke anni anouk,
annelie annelise anneliese, annette anette netti, antonia toni tonia antonie antonina tonya,
antony anthony tony anton toni antonio antoine antoni ton toine tonio antti, archibald archie,
arkady arkadi arkadii, arnold arnie arnaud arnaldo, arthur art arturo artur arttu, augustus gus
august augustin agustin auguste augusto, barbara barb babs barbie bara basia barbora, bartholomew
bart bartolomeo bartek bartosz bartlomiej bartholomaeus, bartosz bartek, beatrice bea trixie
beatrix beatriz beata, benedict ben benedikt benedetto benoit bennet, benjamin ben benny benji
benjamim beniamino, bernard bernie bernhard bernd bernardo bernt berni, bertha berta bertie, bilal
belal, bohdan bogdan, bradley brad, brandon bran, brian bryan bryant, bridget biddy brigitte
brigitta gitta birgit brigida, caoimhe keeva, carl charles karl carlo carlos karel karol carlito,
caroline carol carrie karoline carolina karolina caro line lina, cassandra cassie sandra,
catherine katherine kathryn catharine kathy cathy kate katie kat kitty katharina katarina catarina
caterina catalina kathrin katrin karin katja katya kasia katarzyna ekaterina yekaterina cath trine
katrien kati, cecilia cecily celia cecile cilla cilly, charles charlie chuck chas charley chaz
carlos carl, charlotte charlie lotte lottie charlene charlotta carlotta, chester chet, christian
chris christiaan cristian kristian krisztian, christina christine chris tina kristina kristin
cristina kirsten krystyna kirstin christiane christel christa kris krista, christopher chris kit
topher christoph christophe kristof cristobal cristoforo christoffer kristoffer krzysztof kris
toph stoffel, clara claire clare klara chiara, claudia claudie klaudia, clement clem clemens
clemente klemens, clifford cliff, concepcion concha conchita, constance connie constanze constanza
konstanze, constantine konstantin constantin costa kostas konstantinos kostya costas, consuelo
chelo, cornelia nele corrie conny nelly, cornelius kees cor corneel cornel neil, curtis curt kurt,
cynthia cindy, cyril kirill kyrill cyrille kiril, daniel dan danny daniil danilo daniele dani
danil, daniela danielle dani daniella, david dave davey davy davide dawid dafydd dovid, deborah
debbie deb debra debora, delia adelia, dennis denis denny denys dionysios, diana diane di dianne,
dimitri dmitri dmitry dmitriy dima dimitrios dimitris mitya dimitar, dmytro dmitri dima, dolores
lola loli, dominic dominik nick dom domenico domingo dominique nic, donald don donnie donny
donaldo, donatella donna, dora dorothea theodora dorothy, dorothy dot dottie dolly dorothea
dorothee dora thea dorota, douglas doug dougie, duncan dunk, edith edie edita edyta, edmund ed
eddie ted edmond edmundo ned, edward ed eddie ted teddy ned eduard eduardo edoardo edouard edvard
edu, edwin ed eddie edwyn, eleanor ellie nell nora leonora eleonora eleonore ella lenore nelly
ellen elinor, elena helena lena yelena jelena alyona olena elene, elias eli elijah ilya ilia ilja,
eliza elizabeth lisa, elizabeth liz lizzie beth betty betsy eliza lisa elisabeth elisa elise lise
elsa elsie libby bess ella lisbeth liesl ilse elzbieta ela alzbeta isabel erzsebet elisaveta
yelizaveta liza lieselotte bettina betti els, ella elle eleonora, elliot elliott eliot, emil emile
emilio emiliano, emily em emilie emilia emma milly millie emmy, emmanuel manny manuel manu manolo
emanuel emanuele manolis immanuel, encarnacion encarna, enric enrique, eric erik rick erich eirik
eryk enrico, erica erika ricky rika, ernest ernie ernst ernesto erno, esther essie hester hettie
ester eszter, eugene gene eugen eugenio yevgeny evgeny evgeni evgenii yevgeni jevgeni evgueni
zhenya, eugenia genie yevgenia evgenia zhenya, eva eve evie evi ewa ewelina, evelyn eve evie
evelina eveline ewelina, fatima fatma fatimah fatema, felicity fliss felicitas lissy, felix feliks
felice, ferdinand ferdi nando fernando fernand nandor ferdinando, fiona fi, florence flo flora
florentine flossie fiorenza, florian flo florin, frances fran francie frankie fanny francesca
franziska francisca francoise franka franzi sissi cesca paquita franciszka, francis frank fran
franz frans francisco francesco francois paco pancho franck ferenc frantisek franciszek franco
kiko cisco chico pacho, frederica freddie frederike friederike federica rike, frederick fred
freddie freddy friedrich fritz frederik frederic fredrik federico fryderyk fiete fritzi frits rik,
friedhelm fritz, gabriel gabe gabby gabriele gavriil gabor, gabriela gabriele gabrielle gabby gaby
gabi gabriella gavriela, genevieve jenny eve ginny genoveva, geoffrey geoff jeff jeffrey gottfried
godfrey joffrey, george georg jorge giorgio georges jurgen georgi georgios georgy jerzy yuri yury
juri joris jurij iurii gheorghe juergen jorgen jiri gyorgy goran yorgos giorgos geordie jordi
yuriy iouri, georgina georgia georgie gina georgiana, gerald gerry jerry geraldo gerold, gerard
gerry jerry gerhard gerardo gerd gert geert gerrit gerardus, gerda gerti gertrud, gertrude trudy
gert gertie gertrud trude truus, gilbert gil bert gilberto, giuseppe peppe beppe pino pippo
joseph, gonzalo gonza, grace gracie graciela grazia gracia, graham graeme grahame, gregory greg
gregor grigory gregorio grigori gregoire grzegorz gregg grisha grigoris, guadalupe lupe lupita,
gunter guenther gunther guenter guntram, gwendolyn gwen wendy gwenda, hannah hanna hana hanni,
hannelore hanne lore hanni, harold harry hal harald haroldo, harriet hattie harry harriett
henriette, hasan hassan, heather heath, heinrich heinz henry henri heiner hein henrik, helen
helena nell nellie lena helene ellen elena helga eleni ilona ilka leni hela ellie, henrietta etta
hettie henriette jette henrike rike, henry harry hank hal henri enrique enrico henrik heinrich
hendrik henryk heikki rico quique henrique hendrick heinz hein rik, herbert herb bert bertie
heribert, herman hermann armand ermanno armando, hieronymus jerome jeronimo geronimo girolamo,
hilary hillary hilaria, hildegard hilde hilda hilla, horace horatio horacio, howard howie, hubert
hugh bert huib hubertus, hugh hugo huw hughie ugo hugues, humphrey humph, husain hussein hussain
hossein huseyin hussien, ian iain john, ignatius ignacio ignacy ignaz nacho inigo ignazio iggy
ignace, igor egor ihor, ilona ilka helena, ilyas elias, immaculada inma inmaculada, inga inge
ingeborg inger ingrid, irene irena irina ira irenka iryna, isaac ike isaak itzhak izaak yitzhak
isak, isabel isabella bella izzy belle isabelle izabela ysabel isa elizabeth isobel ishbel, israel
izzy srul, ivan john vanya wanja yvan ioan, jack john jake, jacob jake jakob jakub jacobo jacques
james jim jaap kobi yakov iakov kuba jacopo kobus coby jeppe yaakov, jacqueline jackie jacqui
jaqueline, jamal gamal cemal, james jim jimmy jamie jem jacob jaime jacques jaume santiago diego
iago seamus hamish giacomo tiago jago yago, jan john hans johan johannes janek jean janko, jane
janie jenny joan johanna jana joanna jeanne juana jayne sian jean, janet jan jannet netta, jasmine
jas jasmin yasmin yasmine jazmin, jason jay jase, javier javi, jean john, jeanne jeannette joan
johanna jeannie jean, jennifer jen jenny jenna jenni gennifer, jeremy jerry jez jem jeremias
jeremiah jeremie jeremi yeremiya, jerome jerry hieronymus jeronimo, jessica jess jessie jessy
yessica, jessica jesse, jesus chus suso chuy, joachim jochen achim joakim joaquin jochem yoachim
jokke quim, joan joanie jo joanna johanna juana joana, joanna jo joann joanne johanna joana janna
asia joan, joaquim quim ximo, joel joe yoel, johanna hanna hanne jana janna ioanna joan johanne
jo, john jack johnny jon johan johannes hans jean juan giovanni gianni ivan jan ian sean joao
ioannis yannis giannis hannes janos juhani hansi shaun shawn jens jovan yahya yann jonny joan
gianluca vanja ioan iwan yohanan hannu jussi honza jeannot nanni, jonathan jon jonny nathan
jonatan yonatan johnathan john, jordi jorge, jorg jorgen joerg jurgen georg, joseph joe joey jo
jose jozef josef giuseppe pepe yusuf youssef yosef iosif josep joop jef beppe sepp seppi jupp
yossi osip joska pino bepi youcef yousef jozsef, josephine jo josie josefine josefina josefa fina
giuseppina pepa sefa josephina josefin fien, joshua josh josue jehoshua yehoshua, joyce joy, juan
juanito juancho, judith judy judit jude jutta yehudit, julia julie jules juliet juliette giulia
yulia julija jule juli iulia juliana juliane juliya, julian jules juliano julien giuliano jule,
julius jules julio giulio gyula juliusz, jurgen juergen, justin just justinus justyn, kalle
karlheinz, kamil camille camillo camilo, karen karin caren carin kaz, kaspar caspar jasper gaspard
gaspar kasper casper, katarzyna kasia kaska, kateryna catherine katya, kenneth ken kenny, kevin
kev, khadija khadijah hatice, khaled khalid halit, kimberly kim kimberley kimmy, klaus claus
nicolas nikolaus niklas claes klaas, konrad conrad kurt kord corrado conny kuno, krishna kris,
krzysztof krzys krzysiek, ladislav laszlo wladyslaw vladislav laci lada ladislaus, lakshmi laxmi,
laura laurie lori lara laure lauren, lawrence larry laurence lorenz lorenzo laurent lars laurens
lauri loren lourenco laurenz wawrzyniec renzo enzo lorcan lenz, leah lea lia, leila leyla layla
laila, leo leon leonard leopold lev leonid leonhard, leonard len lenny leo leonardo leonhard
lenard lennart leonid nando, leonora nora leonore eleonora, leopold leo poldi leopoldo, leroy roy,
leslie les lesley, lewis lew louis lou, lillian lily lil lilly lilian liliana lili, linda lin
lindy belinda melinda, liselotte lilo lotte, louis lou lewis luis ludwig luigi louie ludovic
ludwik luiz lluis lajos lodewijk ludovico gigi aloysius alois luisito gino, louise lou luise luisa
lulu louisa, lucas luke luca luc lukas lukasz luka loukas lucian, lucia lucy lucie luzia lucja
lucille luz lucinda, luciano lucian lucien luca lukas, ludger luedger, ludmila lyudmila mila
ludmilla lyuda milla, magdalena magda lena madeleine madeline maddie leni malene madalena
magdalene maddy maggie marlene, majo marijose, malcolm mal calum, manuela manu manuella, marcus
mark marc marco marcos marek markus marko marcin mario, margaret maggie meg peggy marge margie
greta gretchen margarethe margarete margarita marguerite grete gretel rita margherita margot
margit malgorzata gosia megan marga madge daisy mags maisie greet margriet mette merete, maria
mary marie mia mariya marija masha miriam maryam mariam maja mitzi ria mariana maren mariella
moira maura mara marika marita marisa mimi maruska maarja mari marya, marianne marianna mariana
nanne marian, marina marine mari, mario mariusz, marion mary marian, martha marta patty marthe
mattie, martin marty marten maarten martino marcin mertin tino morten martti martyn, martina tina
marti, matilda tilly mathilde mattie tilda mathilda maud, matthaus matthaeus, matthew matt matty
matthias mathias matthieu mateo matteo mats mateusz mathew matteus matvei matias matyas mattias
thijs hias mathis mathieu matthijs mads matus matej, maureen mo, maurice morris mo moritz mauricio
maurizio maury, max maximilian maxime maksim maxim maximiliano maks massimo maximo massimiliano
maxi maxwell, mehmet mohammed memo, melanie mel mellie melania, melissa mel lissa missy, mercedes
merche mercy, michael mike mick mickey micky michel mikhail miguel michele mikael michal mihai
misha micha mitch mischa michail mikey mihail mikko mischka mihaly maikel meical micheal michiel
mykhailo mykola michalis mikel miquel, michaela micha michelle mika mihaela ela, michelle shelly
chelle michele micheline, mildred millie milly, milton milt, miriam mim miri mariam maryam mimi,
mohammed mohamed muhammad mohammad mehmet mahomet mo muhammed mohamad muhamad mohd muhamed, monica
monika moni monique mona, montserrat montse, moses moshe mose moises moishe musa, mustafa mostafa
mustapha moustafa, nadia nadja nadya nadezhda nadine nadeschda, nancy nan, natalia natalie natasha
nat natalya nathalie natalja natasa nata talia tasha tali nataliya, nathaniel nathan nate nat
nathanael natan, neil neal niall nigel niels, ngoc ngok, niamh neve, nicholas nick nicky nicolas
nikolas nico klaus nikolaus nikolai niklas claus nicola miklos mikolaj nicolo colin nikos niko
nikola nils niels klaas coly kolya nik claes nikolaos mykola nicolau niccolo, nicole nicky nikki
nicola nicolette colette nico nikola, nikita niki, noah noe noach, norman norm normand, oleksandr
alexander sasha olexandr aleksandr, oleksandra alexandra sasha, olga olya helga olha olia, oliver
ollie olivier oli olli oliviero olle oleg noll, olivia liv ollie livia olivie livvy, omar omer
umar, omar umar omer, osama usama, oscar oskar ossi oszkar, oswald ozzy ossi waldi osvaldo,
ottavia octavia tavi, otto otis odo, paco javier fran, padraig patrick paddy, pamela pam pammy,
patricia pat patty patti trish tricia patrizia patrycja pati, patrick pat paddy patricio padraig
patrik patrice patryk patrizio rick paddie padraic, paul pablo paolo pavel pawel paulo pauli pal
pavlos paulus pol pau pavlo paulie poul paavo, paula pauline paola paulina polly paulette pavla,
pavlo paul, penelope penny nelly pen, peter pete pedro pietro pierre petr pyotr piotr petros
pieter per petrus piet petar pekka peer peder pero petya perry piers petri pit petia, petra peta
petronella piet, philip phil phillip philipp felipe filippo filip philippe pip flip filipp felip
fulop, philippa pippa pip filippa, phyllis phyl phil, pilar pili, piotr piotrek, priscilla cilla
prissy, priyanka priya, rachel rae raquel rachael rahel raquelle, radoslaw radek radoslav, rafael
raphael raf rafa rafal rafaele raffaele rafi raffi, raimund raymond ray ramon raimondo raimon,
rainer reiner, rajendra raj, rajesh raj, rajkumar raj, ralph ralf rafe raoul raul, rashid rachid,
rebecca becky becca reba rebekah rebekka bex rivka, regina reggie gina regine queenie, reginald
reg reggie reinhold reynaldo ron, reinhard reiner rainer reinhardt, renate renata rena nate,
richard rich rick dick ricky ricardo riccardo rico richie ryszard richi dickie rikard ritchie,
rita margarita, robert bob rob bobby robbie bert roberto robin bertie rupert roby robi bobbie
robrecht, roberta bobbie robbie bobby, roderick rod rory rodrigo roderic rodion, rodney rod,
rodolfo rudolf rudi rudy ralph rodolphe rolf rudolph, roger rog rodger ruediger rudiger ruggero
rogelio rutger rogerio, roland rolly orlando rolando roeland rollo, romanus roman romain romano
romek, ronald ron ronnie ronny ronaldo, rosa rose rosie rosalie rosita rosina rozalia rosy,
rosario charo, rosemary rose rosie romy rosmarie rosemarie, ruaridh rory, russell russ rusty, ruth
ruthie ruta, sabina sabine bine, said saeed sayed sait, salomon solomon salomo sulaiman suleiman
soliman shlomo salman, salvador sal salvatore turi salva, samantha sam sammy samanta, samuel sam
sammy samuele samu shmuel, sanjay sanju, sarah sara sally sadie zara sari, scott scottie,
sebastian seb basti bastian sebastien bas sebastiano sepp sebi sebastiaan seba, sergei sergey
sergio serge serhiy seryozha sergiu sergij sergii, shannon shan, sharif cherif serif, shirley
shirl, siddharth sid, sidney sid sydney, siegfried sigi siggi sigfried, sigmund siegmund sigi
zygmunt, silvia sylvia sylvie silvie syl silva, simon sim simeon si shimon simone szymon semyon
ximo semion simao, simone simona, siobhan chevonne, sophia sophie sofia sofie sonia sonja zofia
zosia sofya sonya fia fieke sofija, spencer spence, srinivas srini sreenivas, stanley stan
stanislav stanislaw stanislaus stas staszek, stefania stephanie steffi stefanie fanny estefania,
stephanie steph steffi stefanie fanny stefania stef estefania stevie, stephen steve steven stefan
stephan stevie esteban stefano etienne stepan istvan szczepan stef esteve estevao steffen pista
stjepan stefanos, stuart stu stewart, subramanian subbu mani, susan sue susie suzie suzanne
susanne susanna suzy zuzana sanna zsuzsa zuzanna suse susana sanne suzette sussi shoshana,
svetlana sveta lana swetlana svitlana, sylvester sly silvester silvestre, tamara tammy toma mara,
tariq tarek tarik, tatiana tanya tanja tatjana tania tatyana, terence terry terrance terrence,
teresa terry tess tessa theresa therese resi tere teresita treza terezia tereza thea, tetiana
tatiana tanya, theodora dora thea teodora theda, theodore ted teddy theo theodor teodor fyodor
fedor teodoro fjodor dorus feodor theodoros todor, thomas tom tommy tomas tomasz tommaso tomasso
thom tomek tommi thomaz tuomas foma tomaz tam toma, thorsten torsten, timothy tim timmy timothee
timofei timoteo timo timotheus tymoteusz timofey, tobias toby tobi tobiasz tobie tobia, ulrich uli
ulli ulrik utz, ulrike uli ulli rike ulrika, ursula uschi ulla ursel orsola urszula, valentin
valentine val valentino walentin valya, valentina valentine val valya, valerie val valeria
valeriya valerija, vanessa nessa ness, vasily vasili basil vasya basilio wassili vasyl vassilis
vasil vasiliy wasyl basile, venkatesh venkat, veronica vero ronnie roni veronika veronique nika
vroni weronika, victor vic viktor vittorio wiktor vitya, victoria vicky vic tori vikki viktoria
vittoria wiktoria vika victoire, vijay vijai, vincent vince vinny vincenzo vicente vincenz vin
enzo zenz vinzenz wincenty, viola violet violetta violette, virginia ginny ginger virginie virgie,
vladimir vova volodya vlad wladimir volodymyr wolodymyr vladimiro, vladislav vlad vladik
wladyslaw, vyacheslav slava viacheslav wjatscheslaw viatcheslav, walburga burgi wally, waldemar
waldi valdemar voldemar, walter walt wally walther gualtiero wat wolter valter gualterio, wanda
wandy, wendy gwendolyn, wilhelmina mina minna willa helmine wilma minnie billie guillermina,
william will bill billy willy liam wilhelm guillermo guglielmo guillaume willem wim willi helmut
vilhelm willie memo wil guilherme gwilym vilem bil, winifred fred winnie freda, winston win
winnie, wojciech wojtek adalbert, wolfgang wolf wolfi, xavier javier xaver javi xavi saverio
xabier, xiaoming ming, yevgeniy evgeny eugene zhenya, yolanda jolanda yolande jola iolanda,
youssef yusuf joseph, yuliya julia, yvonne ivonne yve evonne, zachary zach zack zak zachariah
zacharias zac zacarias, zaynab zainab zeynep zeinab, zygmunt zygi zygmund
"""
