package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.journey.Body;
import org.mxhooks.mendix.DecodedBody;

/** Where a person is found in texts, and what is left of these. */
class RedactionTest {

    private final Redaction ada = redaction("Ada Quist", "ada.quist@example.com");

    @ParameterizedTest
    @CsvSource({
        "Ada Quist, [erased]",
        "ADA QUIST, [erased]",
        "'by Ada  Quist, today', 'by [erased], today'",
        "Ada Quist's story, [erased]'s story",
        "Ask ada.quist@example.com., Ask [erased].",
        "<Ada.Quist@Example.COM>, <[erased]>",
        "ada.quist%40example.com, [erased]",
    })
    void anIdentifierIsReplacedWhereverItStands(String text, String left) {
        assertThat(ada.of(text)).contains(left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Quistorp",
                "Nada Quist",
                "mada.quist@example.com",
                "m.ada.quist@example.com",
                "ada.quist@example.com.au",
                "ada.quist@example.community",
                "Ada",
                "[erased]",
                ""
            })
    void whoeverElseIsNamedStays(String text) {
        assertThat(ada.of(text)).isEmpty();
    }

    @Test
    void anAccentIsTheSameInBothOfItsForms() {
        String decomposed = Normalizer.normalize("Zoë Ångström", Normalizer.Form.NFD);

        assertThat(redaction("zoë ångström").of(decomposed)).contains("[erased]");
        assertThat(redaction(decomposed).of("by ZOË ÅNGSTRÖM")).contains("by [erased]");
    }

    /** Letters whose small or capital form is another number of characters. */
    @ParameterizedTest
    @CsvSource({
        "İnci Yılmaz, by İnci Yılmaz, by [erased]",
        "İnci Yılmaz, by İNCİ YILMAZ, by [erased]",
        "Straße Mann, by STRASSE MANN, by [erased]",
    })
    void theCaseOfNoLetterMatters(String identifier, String text, String left) {
        assertThat(redaction(identifier).of(text)).contains(left);
        assertThat(redaction(identifier).of("{\"Name\":\"" + text + "\"}")).contains("{\"Name\":\"" + left + "\"}");
    }

    @Test
    void everyBlankIsOneAndAnAccentMakesAnotherLetter() {
        assertThat(ada.of("by Ada\u2009Quist and Ada\u202f Quist")).contains("by [erased] and [erased]");
        assertThat(redaction("jose").of(Normalizer.normalize("José", Normalizer.Form.NFD)))
                .isEmpty();
    }

    /** As excerpts of answers are, which may escape whatever is not ASCII. */
    @Test
    void aTextThatWasCutOffIsReadToItsEnd() {
        Redaction weber = redaction("Jörg Weber");

        assertThat(weber.of("{\"message\":\"failed for J\\u00f6rg Weber, wh"))
                .contains("{\"message\":\"failed for [erased], wh");
        assertThat(weber.of("failed\\nJörg Weber")).contains("failed\\n[erased]");
        assertThat(ada.of("failed\\nada.quist@example.com")).contains("failed\\n[erased]");
        assertThat(weber.of("{\"payload\":\"{\\\"name\\\":\\\"line\\\\nJörg Weber\\\"}\"}"))
                .contains("{\"payload\":\"{\\\"name\\\":\\\"line\\\\n[erased]\\\"}\"}");
    }

    /** Given by the address alone; every other byte is as it was. */
    @Test
    void whateverDescribesThePersonBesideAnIdentifierIsReplacedToo() throws Exception {
        Redaction byAddress = redaction("ada.quist@example.com");
        String body = Body.of("story-updated.json").text();

        String left = byAddress.of(body).orElseThrow();

        assertThat(left).doesNotContainIgnoringCase("ada").doesNotContain("aaaaaaaa", "11111111");
        assertThat(left.lines().filter(line -> line.contains("[erased]")))
                .hasSize(5)
                .allMatch(line -> line.matches(" +\"(Name|Avatar|EmailAddress|FullName|OpenId)\": \"\\[erased]\",?"));
        List<String> others = body.lines()
                .filter(line -> !line.contains("ada.quist") && !line.contains("Ada Quist"))
                .filter(line -> !line.contains("aaaaaaaa") && !line.contains("11111111"))
                .toList();
        assertThat(left.lines()).containsSubsequence(others);
        assertThat(DecodedBody.decode("projects", left.getBytes(UTF_8)).resource())
                .isPresent();
        assertThat(byAddress.alsoFound())
                .containsExactly(
                        "https://portal.example.com/document/image?uuid=11111111-2222-4333-8444-555555555555&thumb=false",
                        "Ada Quist",
                        "https://id.example.com/id?id=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
    }

    @Test
    void anAuthorOfOneCommitIsReplacedAndNotThoseOfOthers() {
        String push =
                "{\"commits\":[{\"authorEmail\":\"ada.quist@example.com\",\"authorName\":\"Ada Q.\",\"message\":\"x\"},"
                        + "{\"authorEmail\":\"bo@example.com\",\"authorName\":\"Bo\"}],\"userId\":\"3a0c0d0e-1111-4222-8333-444455556666\"}";

        assertThat(redaction(
                                "ada.quist@example.com",
                                "https://id.example.com/id?id=3A0C0D0E-1111-4222-8333-444455556666")
                        .of(push))
                .contains("{\"commits\":[{\"authorEmail\":\"[erased]\",\"authorName\":\"[erased]\",\"message\":\"x\"},"
                        + "{\"authorEmail\":\"bo@example.com\",\"authorName\":\"Bo\"}],\"userId\":\"[erased]\"}");
    }

    @Test
    void anEmptyValueSaysNothingOfThePerson() {
        assertThat(ada.of("{\"FullName\":\"Ada Quist\",\"Avatar\":\"\",\"OpenId\":\"ab\"}"))
                .contains("{\"FullName\":\"[erased]\",\"Avatar\":\"\",\"OpenId\":\"[erased]\"}");
        assertThat(ada.alsoFound()).as("too short to be passed on").isEmpty();
    }

    @Test
    void noMoreThanTwentyOfWhatDescribesThePersonAreNoted() {
        ada.of(IntStream.range(0, 30)
                .mapToObj(i -> "{\"FullName\":\"Ada Quist\",\"OpenId\":\"id-%s\"}".formatted(i))
                .collect(Collectors.joining(",", "[", "]")));

        assertThat(ada.alsoFound()).hasSize(20).contains("id-0", "id-19");
    }

    @Test
    void anIdentifierWithQuotationMarksBreaksNoJson() {
        Redaction quoted = redaction("ada\":\"quist");

        assertThat(quoted.of("{\"ada\":\"quist\"}")).isEmpty();
        assertThat(quoted.of("by ada\":\"quist")).contains("by [erased]");
    }

    /** Else nobody would understand the body any more. */
    @Test
    void aNameOfAMemberStaysWhereItIsAWord() {
        assertThat(redaction("story").of("{\"Story\":{\"StoryId\":7,\"Name\":\"A story\"}}"))
                .contains("{\"Story\":{\"StoryId\":7,\"Name\":\"A [erased]\"}}");
    }

    /** A project has a name and a picture, and is no person. */
    @Test
    void whatOnlyHasTheNameKeepsTheRest() {
        assertThat(ada.of("{\"Project\":{\"Name\":\"Ada Quist\",\"Avatar\":\"http://x/y\"}}"))
                .contains("{\"Project\":{\"Name\":\"[erased]\",\"Avatar\":\"http://x/y\"}}");
    }

    @Test
    void escapesHideNobody() {
        assertThat(ada.of("{\"m\":\"\\u0041da\\u0020Quist\",\"n\":\"tab\\tAda Quist\\n\\\"q\\\" \\ud83d\\ude9a\"}"))
                .contains("{\"m\":\"[erased]\",\"n\":\"tab\\u0009[erased]\\u000a\\\"q\\\" \\ud83d\\ude9a\"}");
        assertThat(ada.of("{\"quiet\":\"back\\\\slash \\u0041\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cut\":\"off by Ada Quist",
                "no JSON: Ada Quist",
                "\"Ada Quist",
                "can't \"find\" Ada Quist \\",
                "{{[]}}]}\"x\":\"Ada Quist\"",
                "{\"Ada Quist\":1}",
                "{\"no escape\":\"\\u12 Ada Quist\"}"
            })
    void whatIsNoJsonIsSearchedAllTheSame(String text) {
        assertThat(ada.of(text).orElseThrow()).contains("[erased]").doesNotContain("Ada");
    }

    @Test
    void bytesOfAnyEncodingAreSearchedAndTheOthersStay() {
        byte[] latin = "Zoë Quist \u00ff".getBytes(ISO_8859_1);
        byte[] wide = "by Zoë Quist".getBytes(UTF_16LE);
        Redaction zoe = redaction("Zoë Quist");

        assertThat(zoe.of(latin))
                .hasValueSatisfying(
                        left -> assertThat(new String(left, ISO_8859_1)).isEqualTo("[erased] \u00ff"));
        assertThat(zoe.of(wide).orElseThrow()).asString(UTF_16LE).doesNotContain("Quist");
        assertThat(zoe.of("by Zoë Quist".getBytes(UTF_16BE)).orElseThrow())
                .asString(UTF_16BE)
                .doesNotContain("Quist");
        assertThat(ada.of("by Ada Quist".getBytes(UTF_16LE)).orElseThrow())
                .as("it could be UTF-8")
                .asString(UTF_16LE)
                .doesNotContain("Quist");
        assertThat(zoe.of("Zoë Quist".getBytes(UTF_8)).orElseThrow())
                .asString(UTF_8)
                .isEqualTo("[erased]");
        assertThat(zoe.of("Zoë".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void onceErasedNothingIsLeftToChange() {
        String left = ada.of(Body.of("story-updated.json").text()).orElseThrow();

        assertThat(ada.of(left)).isEmpty();
    }

    @Test
    void whatNamesNobodyOrTooManyIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> redaction("Al"))
                .isInstanceOf(InvalidPerson.class)
                .hasMessageContaining("between 3");
        assertThatThrownBy(() -> redaction(" ")).hasMessageContaining("between 1 and 20");
        assertThatThrownBy(() -> redaction("x".repeat(257)))
                .hasMessageContaining("256")
                .hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> redaction("...")).hasMessageContaining("letter");
        assertThatThrownBy(() -> redaction("1234")).hasMessageContaining("letter");
        assertThatThrownBy(() -> redaction("True")).hasMessageContaining("none of true");
        assertThatThrownBy(() -> redaction("Erased")).hasMessageContaining("cannot be one");
        assertThatThrownBy(() -> redaction("Ada\0Quist")).hasMessageContaining("control");
        assertThatThrownBy(() -> ErasedPerson.of(
                        IntStream.range(0, 21).mapToObj(i -> "name" + i).toList()))
                .hasMessageContaining("had 21");
    }

    private static Redaction redaction(String... identifiers) {
        return new Redaction(ErasedPerson.of(List.of(identifiers)), List.of());
    }
}
