// The design system of both apps. Import from here; a stylesheet of its own is at "@tillstream/ui/styles.css".
export { cn } from "./cn.ts";
export { LinkProvider, Link, TextLink, type LinkProps } from "./link/link.tsx";
export { buttonStyle, type ButtonVariant, type ButtonSize } from "./actions/button-style.ts";
export { Button, type ButtonProps } from "./actions/button.tsx";
export { CopyButton, type CopyButtonProps } from "./actions/copy-button.tsx";
export { IconButton, CountDot, type IconButtonProps } from "./actions/icon-button.tsx";
export { PressButton } from "./actions/press-button.tsx";
export { Kbd } from "./actions/kbd.tsx";
export { Spinner } from "./actions/spinner.tsx";
export { LinkButton, type LinkButtonProps } from "./actions/link-button.tsx";
export { themeIn, type Theme } from "./actions/theme-cookie.ts";
export { ThemeToggle } from "./actions/theme-toggle.tsx";
export { Checkbox, type CheckboxProps } from "./forms/checkbox.tsx";
export { Field, useFieldControl, type FieldProps } from "./forms/field.tsx";
export { PasswordInput } from "./forms/password-input.tsx";
export { QuantityStepper, type QuantityStepperProps } from "./forms/quantity-stepper.tsx";

export { RadioCard, RadioGroup, type RadioCardProps, type RadioGroupProps } from "./forms/radio-card.tsx";
export { Select, type SelectOption, type SelectProps } from "./forms/select.tsx";
export { TextInput, type TextInputProps } from "./forms/text-input.tsx";
export { Textarea } from "./forms/textarea.tsx";
export { Badge, type BadgeProps } from "./status/badge.tsx";
export { Banner, type BannerProps } from "./status/banner.tsx";
export { LiveChip, type LiveState, type LiveChipProps } from "./status/live-chip.tsx";
export { StatusBadge, type StatusBadgeProps } from "./status/status-badge.tsx";
export { StatusShape } from "./status/status-shape.tsx";
export { statuses, statusText, statusSoft, statusEdge, statusFor, type Status } from "./status/status.ts";
export { EmptyState, type EmptyStateProps } from "./surfaces/empty-state.tsx";
export { ErrorPanel, type ErrorPanelProps } from "./surfaces/error-panel.tsx";
export { Facts, type Fact } from "./surfaces/facts.tsx";
export { PageHeader, type PageHeaderProps } from "./surfaces/page-header.tsx";
export { Panel, Card, type PanelProps } from "./surfaces/panel.tsx";
export { Skeleton, SkeletonText } from "./surfaces/skeleton.tsx";
export { StatTile, type StatTileProps } from "./surfaces/stat-tile.tsx";
export { CopyableId, type CopyableIdProps } from "./values/copyable-id.tsx";
export { decimalsOf, formatMoney, type MoneyValue } from "./values/format-money.ts";
export { formatInstant, formatUtc, formatRelative, formatDuration, type InstantStyle } from "./values/format-time.ts";
export { Instant, type InstantProps } from "./values/instant.tsx";
export { Money, type MoneyProps } from "./values/money.tsx";
export { truncateMiddle } from "./values/truncate-middle.ts";
export { useNow, useHydrated } from "./use-now.ts";
export { JsonView, type JsonViewProps } from "./json/json-view.tsx";
export { SkeletonRows, TableMessage, NewRows } from "./table/table-states.tsx";
export {
  Table,
  THead,
  TBody,
  Th,
  Tr,
  Td,
  type TableProps,
  type ThProps,
  type TrProps,
  type TdProps,
} from "./table/table.tsx";
export { LagChart, type LagChartProps } from "./charts/lag-chart.tsx";
export { Sparkline, type SparklineProps } from "./charts/sparkline.tsx";
export { Timeline, TimelineStep, TimelineGap, type TimelineStepProps } from "./timeline/timeline.tsx";
export { Breadcrumbs, type Crumb } from "./navigation/breadcrumbs.tsx";
export { isCurrent } from "./navigation/current.ts";
export { FilterChips, type FilterChip, type FilterChipsProps } from "./navigation/filter-chips.tsx";
export { Pagination, type PaginationProps } from "./navigation/pagination.tsx";
export { SkipLink } from "./navigation/skip-link.tsx";
export { TabLinks, type TabLink } from "./navigation/tab-links.tsx";
export { Tabs, type TabItem, type TabsProps } from "./navigation/tabs.tsx";
export { VisuallyHidden } from "./navigation/visually-hidden.tsx";
export { ConfirmDialog, type ConfirmDialogProps } from "./overlays/confirm-dialog.tsx";
export { Dialog, type DialogProps } from "./overlays/dialog.tsx";
export { Drawer, type DrawerProps } from "./overlays/drawer.tsx";
export { DropdownMenu, type MenuItem, type DropdownMenuProps } from "./overlays/dropdown-menu.tsx";
export { toast, type ToastOptions } from "./overlays/toast-queue.ts";
export { Toaster } from "./overlays/toaster.tsx";
export { Tooltip, Term, type TooltipProps } from "./overlays/tooltip.tsx";
export { useHotkeys, type Hotkeys } from "./keyboard/use-hotkeys.ts";
export { type NavItem, type NavGroup } from "./shells/console-nav.tsx";
export { ConsoleShell, type ConsoleShellProps } from "./shells/console-shell.tsx";
export {
  shopMeasure,
  ShopShell,
  type ShopLink,
  type ShopFooterColumn,
  type ShopRoom,
  type ShopShellProps,
} from "./shells/shop-shell.tsx";
export { FernhillMark, FernhillWordmark } from "./brand/fernhill.tsx";
export { TillstreamMark, TillstreamWordmark } from "./brand/tillstream.tsx";
export type { ChartPoint } from "./charts/chart-scale.ts";
