package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {

    private record Question(long token, long high, long low) {}

    /// @param number counts questions that equal none that was there
    private record Asked(int number, @Nullable Flow flow) {}

    private final OpenQuestions questions = new OpenQuestions();
    private final Map<Question, Asked> expected = new HashMap<>();
    private int asked;

    @Test
    void findsTheFlowThatAskedLastOnce() {
        ask(1, 2, 3);
        Flow second = ask(1, 2, 3);

        assertThat(questions.take(1, 2, 3)).isSameAs(second);
        assertThat(questions.take(1, 2, 3)).isNull();

        Flow third = ask(1, 2, 3);
        assertThat(questions.take(1, 2, 3)).isSameAs(third);
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
        for (int i = 0; i < 6 * OpenQuestions.MAX_OPEN; i++) {
            int width = random.nextBoolean() ? 20 : 40_000;
            ask(random.nextInt(width), random.nextInt(2), random.nextInt(2));
            Question question = new Question(random.nextInt(width), 1, 0);
            if (i % 8 == 0) {
                assertThat(questions.take(question.token, 1, 0)).isSameAs(taken(question));
            }
        }
        assertThat(asked).isGreaterThan(2 * OpenQuestions.MAX_OPEN);
    }

    private Flow ask(long token, long high, long low) {
        Question question = new Question(token, high, low);
        Flow flow = new Flow(asked, IpProtocol.TCP);
        questions.ask(token, high, low, flow);
        Asked known = expected.get(question);
        expected.put(question, new Asked(isOpen(known) ? known.number : asked++, flow));
        return flow;
    }

    private @Nullable Flow taken(Question question) {
        Asked known = expected.get(question);
        if (!isOpen(known)) {
            return null;
        }
        expected.put(question, new Asked(known.number, null));
        return known.flow;
    }

    private boolean isOpen(@Nullable Asked question) {
        return question != null && asked - question.number <= OpenQuestions.MAX_OPEN;
    }
}
