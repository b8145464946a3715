package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {

    private record Question(long token, long high, long low, Flow flow) {}

    private final OpenQuestions questions = new OpenQuestions();

    /// All questions since the first, those that are taken or forgotten as null.
    private final List<@Nullable Question> expected = new ArrayList<>();

    @Test
    void findsTheNewestOfEqualQuestionsOnceEach() {
        Flow first = ask(1, 2, 3);
        Flow second = ask(1, 2, 3);

        assertThat(questions.take(1, 2, 3)).isSameAs(second);
        assertThat(questions.take(1, 2, 3)).isSameAs(first);
        assertThat(questions.take(1, 2, 3)).isNull();
    }

    @Test
    void tellsQuestionsApartByEveryWord() {
        ask(1, 2, 3);

        assertThat(questions.take(0, 2, 3)).isNull();
        assertThat(questions.take(1, 0, 3)).isNull();
        assertThat(questions.take(1, 2, 0)).isNull();
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(questions.take(0, 0, 0)).isNull();
    }

    /// Often asked alike, often taken, and several times as many as are remembered.
    @Test
    void remembersAsManyAsAreOpen() {
        Random random = new Random(1);
        for (int i = 0; i < 4 * OpenQuestions.MAX_OPEN; i++) {
            int width = random.nextBoolean() ? 20 : 20_000;
            ask(random.nextInt(width), random.nextInt(2), random.nextInt(2));
            long token = random.nextInt(width);
            if (i % 8 == 0) {
                assertThat(questions.take(token, 1, 0)).isSameAs(taken(token, 1, 0));
            }
        }
    }

    private Flow ask(long token, long high, long low) {
        Flow flow = new Flow(expected.size(), IpProtocol.TCP);
        questions.ask(token, high, low, flow);
        expected.add(new Question(token, high, low, flow));
        return flow;
    }

    private @Nullable Flow taken(long token, long high, long low) {
        for (int i = expected.size() - 1; i >= Math.max(0, expected.size() - OpenQuestions.MAX_OPEN); i--) {
            Question question = expected.get(i);
            if (question != null && question.token == token && question.high == high && question.low == low) {
                expected.set(i, null);
                return question.flow;
            }
        }
        return null;
    }
}
