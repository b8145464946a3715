package hopline.capture.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    record Secret(String line, String clean) {}

    static final List<Secret> SECRETS = List.of(
            new Secret("Authorization: Bearer abcdef0123456789", "Authorization: Bearer [removed]"),
            new Secret("token: eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJr.c2ln", "token: [removed]"),
            new Secret("x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJr.c2ln y", "x [removed] y"),
            new Secret("DB_PASSWORD=hunter2 next", "DB_PASSWORD=[removed] next"),
            new Secret("\"clientSecret\": \"a b\",", "\"clientSecret\": \"[removed]\","),
            new Secret("{\"password\":\"a\\\"b\",\"n\":1}", "{\"password\":\"[removed]\",\"n\":1}"),
            new Secret("{\"password\":83620174}", "{\"password\":0}"),
            new Secret("\"{\\\"password\\\":\\\"a\\\"}\"", "\"{\\\"password\\\":\\\"[removed]\\\"}\""),
            new Secret("[\"DB_PASSWORD=hunter2\",\"--token=a\"]", "[\"DB_PASSWORD=[removed]\",\"--token=[removed]\"]"),
            new Secret("[\"--token\",\"a\",\"-v\"]", "[\"--token\",\"[removed]\",\"-v\"]"),
            new Secret("password='a b' next", "password='[removed]' next"),
            new Secret(
                    "\"crt\":\"-----BEGIN CERTIFICATE-----\\nMIIE\\n-----END CERTIFICATE-----\",",
                    "\"crt\":\"[removed]\","),
            new Secret("a disaster: none", "a disaster: none"),
            new Secret("https://blob/x?sas=abc&sv=1", "https://blob/x?sas=[removed]"),
            new Secret("https://blob/x?sv=1&sig=a%2Fb%3D&se=2", "https://blob/x?sv=1&sig=[removed]"),
            new Secret("AccountName=a;AccountKey=ab+c/d==;Suffix=b", "AccountName=a;AccountKey=[removed];Suffix=b"),
            new Secret("design=1 1:ov7a5/KCZKqgZvQFL71bjn/Sig=", "design=1 1:ov7a5/KCZKqgZvQFL71bjn/Sig="),
            new Secret("\"id\" : \"1:ov7a5/KCZKqgZvQFL71bjn/Sas=\",", "\"id\" : \"1:ov7a5/KCZKqgZvQFL71bjn/Sas=\","),
            new Secret("\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\",", "\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\","),
            new Secret("kubelet --bootstrap-token s3cr3t --v 2", "kubelet --bootstrap-token [removed] --v 2"),
            new Secret("client-key-data: LS0tLS1CRUdJTg==", "client-key-data: [removed]"),
            new Secret("http://user:pass@10.0.0.1/", "http://user:[removed]@10.0.0.1/"),
            new Secret("default via 10.0.0.1 dev eth0", "default via 10.0.0.1 dev eth0"));

    @ParameterizedTest
    @FieldSource("SECRETS")
    void takesSecretsOut(Secret secret) {
        assertThat(new Secrets().clean(secret.line())).isEqualTo(secret.clean());
    }

    /// As a script does on nodes without Java.
    @ParameterizedTest
    @FieldSource("SECRETS")
    void otherEnginesTakeThemOutByTheSamePatterns(Secret secret) {
        String clean = secret.line().replaceAll(Secrets.block(), "[removed]");
        for (Secrets.Substitution form : Secrets.substitutions()) {
            assertThat(form.pattern()).doesNotContain("*+", "++", "}+").startsWith("(");
            clean = Pattern.compile(form.pattern())
                    .matcher(clean)
                    .replaceAll(found -> Matcher.quoteReplacement(form.instead().replace("${1}", found.group(1))));
        }

        assertThat(clean).isEqualTo(secret.clean());
        assertThat("-----END CERTIFICATE-----").matches(Secrets.endOfBlock());
    }

    @Test
    void whatWasTakenOutIsNoSecret() {
        for (Secret secret : SECRETS) {
            Secrets again = new Secrets();

            assertThat(again.clean(secret.clean())).isEqualTo(secret.clean());
            assertThat(again.removed()).isZero();
        }
    }

    /// Such as would be tried anew at each of its words.
    @ParameterizedTest
    @ValueSource(
            strings = {"a-", "--", "eyJaaaaaaaa", "token", "://a:", "password=\"", "-----BEGIN CERTIFICATE-----", "\\"})
    @Timeout(60)
    void noLineTakesLong(String part) {
        assertThat(new Secrets().clean(part.repeat((1 << 20) / part.length()) + "\"]"))
                .endsWith("]");
    }
}
