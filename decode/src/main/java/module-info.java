/// Records in, layers and journeys out: knows protocols; keeps no flow records, only journeys and fragments in
/// flight and learnt translations, all bounded.
module hopline.decode {
    requires transitive hopline.capture;

    exports hopline.decode;
    exports hopline.decode.census;
    exports hopline.decode.dns;
    exports hopline.decode.header;
    exports hopline.decode.redact;
    exports hopline.decode.stage;
}
