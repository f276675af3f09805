/* Prints every value of the SML files on standard input as Debian's libsml reads them: OBIS code, kind, number, scaler, unit. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sml/sml_file.h>
#include <sml/sml_value.h>

static void print_entry(const sml_list *entry) {
	const sml_value *value = entry->value;
	for (int at = 0; at < entry->obj_name->len; at++) printf("%s%u", at ? "." : "", entry->obj_name->str[at]);
	if (!value) {
		printf(" absent\n");
		return;
	}
	const int scaler = entry->scaler ? *entry->scaler : 0;
	const unsigned unit = entry->unit ? *entry->unit : 255;
	const int size = value->type & SML_LENGTH_FIELD;
	switch (value->type & SML_TYPE_FIELD) {
	case SML_TYPE_OCTET_STRING:
		printf(" octets ");
		for (int at = 0; at < value->data.bytes->len; at++) printf("%02x", value->data.bytes->str[at]);
		printf("\n");
		return;
	case SML_TYPE_INTEGER: {
		const int64_t number = size == 1 ? *value->data.int8 : size == 2 ? *value->data.int16 : size == 4 ? *value->data.int32 : *value->data.int64;
		printf(" number %" PRId64 " %d %u\n", number, scaler, unit);
		return;
	}
	case SML_TYPE_UNSIGNED: {
		const uint64_t number = size == 1 ? *value->data.uint8 : size == 2 ? *value->data.uint16 : size == 4 ? *value->data.uint32 : *value->data.uint64;
		printf(" number %" PRIu64 " %d %u\n", number, scaler, unit);
		return;
	}
	default:
		printf(" other\n");
	}
}

static void print_file(unsigned char *bytes, size_t length) {
	sml_file *file = sml_file_parse(bytes + 8, length - 16);
	printf("file %d\n", file->messages_len);
	for (int at = 0; at < file->messages_len; at++) {
		const sml_message *message = file->messages[at];
		if (*message->message_body->tag != SML_MESSAGE_GET_LIST_RESPONSE) continue;
		const sml_get_list_response *body = message->message_body->data;
		for (const sml_list *entry = body->val_list; entry; entry = entry->next) print_entry(entry);
	}
	sml_file_free(file);
}

/* Each file stands behind its length in two bytes, low byte first: libsml's own listening never ends. */
int main(void) {
	static unsigned char bytes[65536];
	int low, high;
	while ((low = getchar()) != EOF && (high = getchar()) != EOF) {
		const size_t length = (size_t)low | (size_t)high << 8;
		if (length < 16 || fread(bytes, 1, length, stdin) != length) return 1;
		print_file(bytes, length);
	}
	return 0;
}
