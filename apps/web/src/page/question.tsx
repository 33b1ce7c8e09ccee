import { Alert, Button, Group, Modal } from '@mantine/core';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';

/** A dialog that asks before something is done. Escape and the close button leave it without doing anything. */
export function Question({
  title,
  open,
  onClose,
  onConfirm,
  confirm,
  sending,
  danger = false,
  hindrance,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  /** The word on the button that does it. */
  confirm: string;
  sending: boolean;
  danger?: boolean;
  /** Everything that keeps it from being done as things stand: told first, and shown again instead of `onConfirm`. */
  hindrance?: { title: string; reasons: ReactNode } | null;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const hindered = useRef<HTMLDivElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!hindrance) return onConfirm();
    hindered.current?.focus({ preventScroll: true });
    hindered.current?.scrollIntoView({ block: 'start' }); // it may be longer than the dialog
  };
  return (
    // The page stays scrollable behind the dialog: locking it would write a style element, which a strict policy refuses.
    <Modal.Root opened={open} onClose={onClose} centered lockScroll={false} closeOnClickOutside={false}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not the kit's header: that would be a second banner of the page. */}
        <div className="question-header">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('app.close')} />
        </div>
        <Modal.Body>
          <form className="question" onSubmit={submit} noValidate>
            {hindrance && (
              <Alert ref={hindered} tabIndex={-1} color="red" title={hindrance.title}>
                {hindrance.reasons}
              </Alert>
            )}
            {children}
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={onClose}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" loading={sending} color={danger ? 'red' : undefined}>
                {confirm}
              </Button>
            </Group>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
