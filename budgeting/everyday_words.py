"""Words that people type for a support, in any language: looked for beside its own words, never shown."""

OUTINGS = (
    "pool, swim, swimming, footy, football, soccer, cricket, netball, basketball, bowling, fishing, park, "
    "playground, beach, picnic, zoo, museum, movies, movie, cinema, theatre, concert, shops, shop, mall, markets, "
    "cafe, coffee, restaurant, pub, church, mosque, temple, mates, going out, "
    "مسبح, سباحه, نادي, كره القدم, حديقه, منتزه, ملعب, بحر, شاطي, سينما, مسرح, سوق, مقهي, مطعم, مسجد, كنيسه, "
    "خروج, نزهه, "
    "游泳, 泳池, 足球, 打球, 公园, 海边, 动物园, 博物馆, 电影, 逛街, 商场, 咖啡, 餐馆, 教堂, 外出, 出门"
)
