package hopline.capture.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    record Secret(String line, String clean) {

        /// What only looks a little like one.
        static Secret none(String line) {
            return new Secret(line, line);
        }
    }

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
            Secret.none("\"id\" : \"1:zsk26a5qKCZKqgZvQFLpwDKN1pM=\","),
            Secret.none("f1 1:pwda5qKCZKqgZvQFL71bjnqS12a= delivered"),
            Secret.none("1:a5qKCZKqgZpassvQFL71bjnqS12=,5"),
            new Secret("1:password=hunter2", "1:password=[removed]"),
            new Secret("1:DB_PASSWORD= hunter2", "1:DB_PASSWORD= [removed]"),
            new Secret("\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\",", "\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\","),
            new Secret("kubelet --bootstrap-token s3cr3t --v 2", "kubelet --bootstrap-token [removed] --v 2"),
            new Secret("client-key-data: LS0tLS1CRUdJTg==", "client-key-data: [removed]"),
            new Secret("http://user:pass@10.0.0.1/", "http://user:[removed]@10.0.0.1/"),
            Secret.none("default via 10.0.0.1 dev eth0"),
            new Secret(
                    "Server=db,1433;Uid=sa;Pwd=hunter2;Encrypt=yes", "Server=db,1433;Uid=sa;Pwd=[removed];Encrypt=yes"),
            new Secret("User ID=sa;Password=a b;Encrypt=yes", "User ID=sa;Password=[removed] b;Encrypt=yes"),
            new Secret("Uid=sa;PWD=/b+c/d=;", "Uid=sa;PWD=[removed];"),
            new Secret("SQL_PWD=/hunter2", "SQL_PWD=[removed]"),
            new Secret("\"dbPwd\": \"hunter2\"", "\"dbPwd\": \"[removed]\""),
            new Secret("sqlcmd --pwd hunter2 -Q x", "sqlcmd --pwd [removed] -Q x"),
            new Secret("PWD=hunter2", "PWD=[removed]"),
            Secret.none("PWD=/home/x"),
            Secret.none("OLDPWD=/var/lib PWD=~ pwd: ../x"),
            Secret.none("\"PWD\":\"/app\",\"OLDPWD\" : \"/\""),
            Secret.none("\"HOME=/root\\nPWD=/app\\nOLDPWD=/\""),
            Secret.none("PWD=C:\\Users\\x PWD=\\\\server\\share PWD=$(cygpath .)"),
            Secret.none("1:ov7a5/KCZKqgZvQFL71bjnspwd= tcp"),
            new Secret("DB_PASS=hunter2 next", "DB_PASS=[removed] next"),
            new Secret("{\"pass\": \"hunter2\"}", "{\"pass\": \"[removed]\"}"),
            new Secret("--pass hunter2 -v", "--pass [removed] -v"),
            Secret.none("rx_xdp_pass: 1234 {\"pass\":12} --- PASS: TestX bypass=1 passes=3"),
            Secret.none("ProxyBypass : <local> compass=north action pass"),
            new Secret("PrivateKey = aGVsbG8=", "PrivateKey = [removed]"),
            new Secret("preshared_key: aGVsbG8=", "preshared_key: [removed]"),
            new Secret("AZURE_STORAGE_KEY=ab+c/d==", "AZURE_STORAGE_KEY=[removed]"),
            new Secret("Ocp-Apim-Subscription-Key: abcdef01", "Ocp-Apim-Subscription-Key: [removed]"),
            Secret.none("--tls-private-key-file=/etc/kubernetes/pki/kubelet.key"),
            Secret.none("tolerations: - key: node.kubernetes.io/not-ready, public key: abc"),
            new Secret(
                    "Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=ab/c=",
                    "Endpoint=sb://x/;SharedAccessKeyName=[removed];SharedAccessKey=[removed]"),
            new Secret("    DefaultPassword    REG_SZ    hunter 2", "    DefaultPassword    REG_SZ    [removed]"),
            Secret.none("    PasswordExpiryWarning has REG_DWORD"),
            new Secret("\"DefaultPassword\"=\"hunter2\"", "\"DefaultPassword\"=\"[removed]\""),
            new Secret("<v:password>hunter 2</v:password>", "<v:password>[removed]</v:password>"),
            Secret.none("<password></password> a token > 5 < b"),
            new Secret("<add key=\"DbPassword\" value=\"a b\"/>", "<add key=\"DbPassword\" value=\"[removed]\"/>"),
            new Secret(
                    "{\"name\":\"DB_PASSWORD\",\"value\":\"a b\"}",
                    "{\"name\":\"DB_PASSWORD\",\"value\":\"[removed]\"}"),
            Secret.none("{\"name\":\"DB_HOST\",\"value\":\"a b\"}"),
            new Secret(" neighbor 10.0.0.1 password hunter2", " neighbor 10.0.0.1 password [removed]"),
            new Secret("machine x login y password hunter2", "machine x login y password [removed]"),
            new Secret("  password \"hunter2\"; # of BGP", "  password \"[removed]\"; # of BGP"),
            new Secret("%any %any : PSK \"hunter2\"", "%any %any : PSK \"[removed]\""),
            Secret.none("{\"the password \":\"\",\"a\":[\"no password \",\"x\",\"password \"]} the password was wrong"),
            new Secret("Authorization: Negotiate YIIab", "Authorization: Negotiate [removed]"),
            new Secret(
                    "-H 'Authorization: AWS4-HMAC-SHA256 Credential=a/b, Signature=c' x",
                    "-H 'Authorization: AWS4-HMAC-SHA256 [removed]' x"),
            Secret.none("--authorization-mode=Node,RBAC authorization: mode: Webhook"),
            new Secret("\"Cookie\": \"session=abc; a=b\",", "\"Cookie\": \"[removed]\","),
            new Secret("Set-Cookie: session=abc; Secure", "Set-Cookie: [removed]"),
            Secret.none("cookie=0x2b, duration=4.5s, table=0 SYN cookies: 3"),
            new Secret("{\"x.io\":{\"auth\":\"dXNlcjpwYXNz\"}}", "{\"x.io\":{\"auth\":\"[removed]\"}}"),
            new Secret("  auth = \"dXNlcjpwYXNzMQ==\"", "  auth = \"[removed]\""),
            new Secret("\".dockerconfigjson\": \"eyJhdXRocyI6e319\"", "\".dockerconfigjson\": \"[removed]\""),
            Secret.none("auth: disabled, auth=\"none\" auth: Kerberos oauth: AbCdEfGh1"),
            new Secret(
                    "\tauth-trunc hmac(sha256) 0x0123456789abcdef0123 128", "\tauth-trunc hmac(sha256) [removed] 128"),
            new Secret("aead rfc4106(gcm(aes)) 0x0123456789abcdef 128", "aead rfc4106(gcm(aes)) [removed] 128"),
            Secret.none("proto esp spi 0x0123456789abcdef reqid 1 mode tunnel, replay-window 0x00000000ffffffff"),
            new Secret(
                    "abcdef.0123456789abcdef   23h   authentication   The default bootstrap token",
                    "[removed]   23h   authentication   The default bootstrap token"),
            new Secret("\"the token\\nabcdef.0123456789abcdef\"", "\"the token\\n[removed]\""),
            Secret.none("a token of 123456.1234567890123456 worker.1893a5b7c9d1e3f5 a.abcdef.0123456789abcdef"),
            Secret.none("the token of abcdef.abcdefghijklmnop and abcdef.0123456789abcdef0 abcdef.0123456789abcdef.io"),
            new Secret("key AKIAIOSFODNN7EXAMPLE was", "key [removed] was"),
            new Secret("AIzaSyA1234567890abcdefghijklmnopqrstuv", "[removed]"),
            new Secret("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[removed]"),
            new Secret("abc8Q~abcdefghijABCDEFGHIJ-_.~abcdefghi0", "[removed]"),
            Secret.none("in SOUTHEASTASIA1234567890 and AKIAIOSFODNN7 or xghp_0123456789abcdefghijABCDEFGHIJ012345"),
            new Secret("tls.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk=", "tls.key: [removed]"),
            new Secret("curl -k -u admin:hunter2 https://x", "curl -k -u admin:[removed] https://x"),
            Secret.none("curl https://x; ssh -u a:b Curley -u a:b"),
            Secret.none("the worker abc123.abcdef0123456789 is a host"),
            Secret.none("curl --user admin https://x; journalctl -u kubelet: none"),
            new Secret("https://0123456789abcdef0123456789abcdef@o1.io/1", "https://[removed]@o1.io/1"),
            Secret.none("ssh://git@github.com https://user@host http://[fd00::1]:80/a@b"),
            new Secret("eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn", "[removed]"),
            new Secret("-----BEGIN PGP PRIVATE KEY BLOCK-----", "[removed]"),
            // A letter of several octets, taken octet by octet, and what ends a line for some engines alone.
            new Secret("password=\"\u00c3\u0085hunter2\"", "password=\"[removed]\""),
            new Secret("password='a\u2028b' next", "password='[removed]' next"),
            new Secret("API_KEY=a\u00a0\u0085b next", "API_KEY=[removed] next"));

    /// Texts of several lines.
    static final List<Secret> BLOCKS = List.of(
            new Secret(
                    "a\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nb",
                    "a\n[removed]\n[removed]\n[removed]\nb"),
            new Secret(
                    "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE----------BEGIN CERTIFICATE-----\nMIIF\n"
                            + "-----END CERTIFICATE----- token=a\nb",
                    "[removed]\n[removed]\n[removed][removed]\n[removed]\n[removed] token=[removed]\nb"),
            new Secret(
                    "-----BEGIN CERTIFICATE----- MIIE -----END CERTIFICATE----- -----BEGIN EC PRIVATE KEY-----\nMIIF\n"
                            + "-----END EC PRIVATE KEY-----\nb",
                    "[removed]\n[removed]\n[removed]\nb"),
            new Secret("\"crt\":\"-----BEGIN CERTIFICATE-----\\nMII\",\n\"a\":1", "\"crt\":\"[removed]\",\n\"a\":1"));

    @ParameterizedTest
    @FieldSource("SECRETS")
    void takesSecretsOut(Secret secret) {
        assertThat(new Secrets().clean(secret.line())).isEqualTo(secret.clean());
    }

    @ParameterizedTest
    @FieldSource("BLOCKS")
    void takesBlocksOut(Secret text) {
        Secrets secrets = new Secrets();

        assertThat(text.line().lines().map(secrets::clean).collect(Collectors.joining("\n")))
                .isEqualTo(text.clean());
    }

    /// As a script does on nodes without Java.
    @ParameterizedTest
    @FieldSource("SECRETS")
    void otherEnginesTakeThemOutByTheSamePatterns(Secret secret) {
        String clean = secret.line().replaceAll(SecretForms.block(), "[removed]");
        for (SecretForms.Substitution form : SecretForms.substitutions()) {
            assertThat(form.pattern()).doesNotContain("*+", "++", "}+").startsWith("(");
            clean = Pattern.compile(form.pattern())
                    .matcher(clean)
                    .replaceAll(found -> Matcher.quoteReplacement(form.instead().replace("${1}", found.group(1))));
        }

        assertThat(clean).isEqualTo(secret.clean());
        assertThat("-----END CERTIFICATE-----").matches(SecretForms.blockEnd());
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
            strings = {
                "a-",
                "--",
                "eyJaaaaaaaa",
                "token",
                "://a:",
                "password=\"",
                "-----BEGIN CERTIFICATE-----",
                "\\",
                "pwd",
                "https://a",
                "auth ",
                "auth=Aa",
                "cookie: a",
                "name='token' ",
                "password ",
                "neighbor ",
                "curl -u ",
                "abc123.abcdef0123456789 ",
                "token abc123.abcdef0123456789",
                "token REG_",
                "ghp_"
            })
    @Timeout(60)
    void noLineTakesLong(String part) {
        assertThat(new Secrets().clean(part.repeat((1 << 20) / part.length()) + "\"]"))
                .endsWith("]");
    }
}
