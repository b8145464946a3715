package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.header.TcpHeader;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final long CLIENT = Conversations.endpoint(0x0a000001, 40000);
    private static final long OTHER_PORT = Conversations.endpoint(0x0a000001, 40001);
    private static final long SERVER = Conversations.endpoint(0x0a000002, 80);

    private final Conversations conversations = new Conversations(100);

    @Test
    void bothDirectionsAreOne() {
        conversations.add(CLIENT, SERVER);
        conversations.add(SERVER, CLIENT);
        conversations.add(OTHER_PORT, SERVER);

        assertThat(conversations.count()).isEqualTo(2);
    }

    @Test
    void anOpeningThatIsSentAgainIsTheSame() {
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 1000);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 1000);
        conversations.addSegment(SERVER, CLIENT, TcpHeader.SYN | TcpHeader.ACK, 5000);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.ACK, 1001);

        assertThat(conversations.count()).isEqualTo(1);
    }

    @Test
    void anOpeningWithAnotherNumberReusesThePorts() {
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 1000);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 2000);

        assertThat(conversations.count()).isEqualTo(2);
    }

    @Test
    void anAnswerThatWasLoggedBeforeTheOpeningBelongsToIt() {
        conversations.addSegment(SERVER, CLIENT, TcpHeader.SYN | TcpHeader.ACK, 5000);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 1000);

        assertThat(conversations.count()).isEqualTo(1);
    }

    /// Whichever of the two is the greater number.
    @Test
    void soItIsFromEitherSide() {
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN | TcpHeader.ACK, 5000);
        conversations.addSegment(SERVER, CLIENT, TcpHeader.SYN, 1000);

        assertThat(conversations.count()).isEqualTo(1);
    }

    @Test
    void anOpeningThatWasLoggedAfterWhatFollowsItBelongsToIt() {
        conversations.addSegment(SERVER, CLIENT, TcpHeader.SYN | TcpHeader.ACK, 5000);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.ACK, 1001);
        conversations.addSegment(CLIENT, SERVER, TcpHeader.SYN, 1000);

        assertThat(conversations.count()).isEqualTo(1);
    }

    @Test
    void beyondTheLimitTheCountIsALowerBound() {
        Conversations few = new Conversations(2);
        few.add(CLIENT, SERVER);
        few.add(OTHER_PORT, SERVER);
        assertThat(few.isFull()).isFalse();

        few.add(CLIENT, OTHER_PORT);

        assertThat(few.isFull()).isTrue();
        assertThat(few.count()).isEqualTo(2);
    }
}
